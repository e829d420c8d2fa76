/** Packs `kamihi` and what it needs of this repository into `vendor` of a project, and makes the project depend on that. */
export function vendorKamihi(project: string): void
