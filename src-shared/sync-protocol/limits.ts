/** What one message may hold. Whoever reads checks before it allocates. */

/** An everyday frame: some seconds of a slow link, and no more is ever sent twice after a cut (rule 9). */
export const FRAME_BYTES_MAX = 65_536;
/** One operation may be a whole catalogue, and a chain may be signed at its end only: such a frame is larger. */
export const SINGLE_FRAME_BYTES_MAX = 8_388_608;
/** A frame unpacked. */
export const FRAME_CONTENT_BYTES_MAX = 33_554_432;
export const FRAME_OPERATIONS_MAX = 20_000;
/** What all operations of a frame follow together, by name. */
export const FRAME_REFERENCES_MAX = 200_000;
/** Lists, objects and members of a frame as JSON, bodies apart. */
export const FRAME_PARTS_MAX = 1_000_000;
/** Values in all bodies of a frame as columns; each may take a byte on the wire and many where it is read. */
export const FRAME_VALUES_MAX = 2_000_000;
/** Operations that a frame leans on: more make one of a hundred smaller by a twentieth, and take both sides four times as long. */
export const DICTIONARY_OPERATIONS_MAX = 240;
/** Their bodies together. A catalogue among them would be laid out on both sides for nothing. */
export const DICTIONARY_BYTES_MAX = 393_216;
/** The words before the frames of a message. */
export const MESSAGE_META_BYTES_MAX = 262_144;
export const MESSAGE_BYTES_MAX = SINGLE_FRAME_BYTES_MAX + MESSAGE_META_BYTES_MAX;
export const FRAMES_PER_MESSAGE_MAX = 64;
/** A stream over which nothing comes for so long is let go. */
export const STREAM_IDLE_MS = 120_000;
