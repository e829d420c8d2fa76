import type { MethodName } from './method.ts'

/** All methods of Bot API 10.3, whether modelled or not. A test compares them with those of @gramio/types. */
const all = `
  getUpdates setWebhook deleteWebhook getWebhookInfo getMe logOut close sendMessage forwardMessage
  forwardMessages copyMessage copyMessages sendPhoto sendLivePhoto sendAudio sendDocument sendVideo
  sendAnimation sendVoice sendVideoNote sendPaidMedia sendMediaGroup sendLocation sendVenue sendContact
  sendPoll sendChecklist sendDice sendMessageDraft sendChatAction setMessageReaction getUserProfilePhotos
  getUserProfileAudios setUserEmojiStatus getFile banChatMember unbanChatMember restrictChatMember
  promoteChatMember setChatAdministratorCustomTitle setChatMemberTag banChatSenderChat
  unbanChatSenderChat setChatPermissions exportChatInviteLink createChatInviteLink editChatInviteLink
  createChatSubscriptionInviteLink editChatSubscriptionInviteLink revokeChatInviteLink
  approveChatJoinRequest declineChatJoinRequest answerChatJoinRequestQuery sendChatJoinRequestWebApp
  setChatPhoto deleteChatPhoto setChatTitle setChatDescription pinChatMessage unpinChatMessage
  unpinAllChatMessages leaveChat getChat getChatAdministrators getChatMemberCount getChatMember
  getUserPersonalChatMessages setChatStickerSet deleteChatStickerSet getForumTopicIconStickers
  createForumTopic editForumTopic closeForumTopic reopenForumTopic deleteForumTopic
  unpinAllForumTopicMessages editGeneralForumTopic closeGeneralForumTopic reopenGeneralForumTopic
  hideGeneralForumTopic unhideGeneralForumTopic unpinAllGeneralForumTopicMessages answerCallbackQuery
  answerGuestQuery getUserChatBoosts getBusinessConnection getManagedBotToken replaceManagedBotToken
  getManagedBotAccessSettings setManagedBotAccessSettings setMyCommands deleteMyCommands getMyCommands
  setMyName getMyName setMyDescription getMyDescription setMyShortDescription getMyShortDescription
  setMyProfilePhoto removeMyProfilePhoto setChatMenuButton getChatMenuButton
  setMyDefaultAdministratorRights getMyDefaultAdministratorRights getAvailableGifts sendGift
  giftPremiumSubscription verifyUser verifyChat removeUserVerification removeChatVerification
  readBusinessMessage deleteBusinessMessages setBusinessAccountName setBusinessAccountUsername
  setBusinessAccountBio setBusinessAccountProfilePhoto removeBusinessAccountProfilePhoto
  setBusinessAccountGiftSettings getBusinessAccountStarBalance transferBusinessAccountStars
  getBusinessAccountGifts getUserGifts getChatGifts convertGiftToStars upgradeGift transferGift postStory
  repostStory editStory deleteStory answerWebAppQuery savePreparedInlineMessage
  savePreparedKeyboardButton editMessageText editMessageCaption editMessageMedia editMessageLiveLocation
  stopMessageLiveLocation editMessageChecklist editMessageReplyMarkup stopPoll editEphemeralMessageText
  editEphemeralMessageMedia editEphemeralMessageCaption editEphemeralMessageReplyMarkup
  approveSuggestedPost declineSuggestedPost deleteMessage deleteMessages deleteEphemeralMessage
  deleteMessageReaction deleteAllMessageReactions sendSticker getStickerSet getCustomEmojiStickers
  uploadStickerFile createNewStickerSet addStickerToSet setStickerPositionInSet deleteStickerFromSet
  replaceStickerInSet setStickerEmojiList setStickerKeywords setStickerMaskPosition setStickerSetTitle
  setStickerSetThumbnail setCustomEmojiStickerSetThumbnail deleteStickerSet sendRichMessage
  sendRichMessageDraft answerInlineQuery sendInvoice createInvoiceLink answerShippingQuery
  answerPreCheckoutQuery getMyStarBalance getStarTransactions refundStarPayment editUserStarSubscription
  setPassportDataErrors sendGame setGameScore getGameHighScores
`

export const methodNames = all.trim().split(/\s+/) as MethodName[]

/** By the name in lower case: the real server does not mind the case. */
export const knownNames: ReadonlyMap<string, MethodName> = new Map(
  methodNames.map((name) => [name.toLowerCase(), name]),
)

/** Names that old clients use (Client.cpp, `init_methods`), in lower case. */
export const oldNames: ReadonlyMap<string, MethodName> = new Map([
  ['kickchatmember', 'banChatMember'],
  ['getchatmemberscount', 'getChatMemberCount'],
  ['setstickersetthumb', 'setStickerSetThumbnail'],
])
