import type { InputFile } from '../shapes/media.ts'

/** What is sent when no picture is given: 96 by 64 pixels in bands of blue and green. */
export const smallPicture: InputFile = {
  name: 'picture.png',
  base64:
    'iVBORw0KGgoAAAANSUhEUgAAAGAAAABACAIAAABqVuVZAAAAjUlEQVR42u3QoQ2AQBQFsBuHEdEEiUChEEiCPk2QCIZigzfAT5NO0DaML0FTIEiQIEGCBNUNmm8CQYIECRIkSFDhoLUTCBIkSJAgQYIKB+0XgSBBggQJEiSocNB5EAgSJEiQIEGCCgf1jUCQIEGCBAkSVDjoWQgECRIkSJAgQYWDvolAkCBBggQJElTWDwJaaf+1pJIHAAAAAElFTkSuQmCC',
}
