export interface OutOfOrder {
  readonly name: string;
  /** What the desks did; see `play`. */
  readonly done: string;
  /** In what order the logs are heard; see `hear`. */
  readonly heard: string;
  /** What an officer sees after each of them; see `viewOf`. */
  readonly seen: readonly string[];
}

const one = (name: string, done: string, heard: string, ...seen: string[]): OutOfOrder => ({ name, done, heard, seen });

/** Logs that come in another order than things were done, as a slow link, a USB stick and a neighbour bring them. */
export const OUT_OF_ORDER: readonly OutOfOrder[] = [
  // What was done on one desk stands on what another did.
  one('a hand-over before the result that is handed over', '1:taken 1:finished 2<1 2:handedOver', '2 1', 'received …1 !wrongState', 'returned'),
  one('a result before the dossier was taken', '1:taken 2<1 2:finished', '2 1', 'received …1 !wrongState', 'finished'),
  one('an answer to a request for papers before the request', '1:taken 1:supplementRequested 2<1 2:supplementReceived', '2 1', 'received …1 !wrongState', 'processing'),
  one('a payment before the request to pay', '1:taken 1:dutyRequested 2<1 2:dutyMet', '2 1', 'received …1 !wrongState', 'processing'),
  one('a reworking before the result that was wrong', '1:taken 1:finished 2<1 2:reworked', '2 1', 'received …1 !wrongState', 'processing'),
  one('an undoing before what it undoes', '1:taken 2<1 2:undo@taken', '2 1', 'received …1 !badUndo', 'received'),
  one('an undoing before its act, and a new act upon it', '1:taken 2<1 2:undo@taken 2:taken/1', '2 1', 'processing …1 !badUndo', 'processing'),
  one('a void before the act it did not know of is heard', '1:taken 2:voided=leader', '2 1', 'voided', 'voided'),
  one('a correction before the act that stood before it', '1:taken 2<1 2:correct@request:Khác', '2 1', 'received …1', 'processing'),
  one('a second correction before the first', '1:correct@request:Một 2<1 2:correct@request:Hai', '2 1', 'received …1', 'received'),
  one('a transfer before the officer had taken the dossier', '1:taken 2<1 2:transferred', '2 1', 'received …1', 'processing'),
  one('a third desk\'s hand-over before both others', '1:taken 2<1 2:finished 3<2 3:handedOver', '3 2 1', 'received …1 !wrongState', 'received …1 !wrongState !wrongState', 'returned'),
  one('the middle of a chain last', '1:taken 2<1 2:finished 3<2 3:handedOver', '1 3 2', 'processing', 'processing …1 !wrongState', 'returned'),
  one('an apology before the appointment it moves was moved', '1:taken 1:supplementRequested 1:supplementReceived 2<1 2:apologised', '2 1', 'received …1 hẹn?', 'processing'),
  one('a biên lai before the money', '1:feeCollected/1 2<1 2:feeReceiptIssued', '2 1', 'received …1 !wrongState', 'received'),
  one('a refund before the money', '1:feeCollected 2<1 2:feeRefunded', '2 1', 'received …1 !wrongState', 'received'),
  one('a voided entry before the entry', '1:feeCollected 2<1 2:feeVoided', '2 1', 'received …1 !wrongState', 'received'),
  one('a report of the paper before its act', '1:taken 1:supplementRequested 2<1 2:paperReported', '2 1', 'received …1', 'waitingSupplement'),
  one('a settlement before one side of its conflict', '1:taken 2<1 1:finished 2:withdrawn 3<1 3<2 3:settle@finished', '3 1 2', 'received …2', 'finished …1', 'finished'),
  one('a settlement before both sides of its conflict', '1:taken 2<1 1:finished 2:withdrawn 3<1 3<2 3:settle@withdrawn', '3 2 1', 'received …2', 'withdrawn …2', 'withdrawn'),
  one('a settlement between both sides', '1:taken 2<1 1:finished 2:withdrawn 3<1 3<2 3:settle@', '1 3 2', 'finished', 'finished …1', 'processing'),
  one('a hand-over despite a conflict before the conflict is known', '1:taken 2<1 1:finished 2:withdrawn 3<1 3<2 3:handedOver', '3 1 2', 'received …2 !wrongState', 'returned …1', 'returned !concurrent'),
  // Half a log: the link broke.
  one('the beginning of a log, then its rest', '1:taken 1:supplementRequested 1:supplementReceived 1:finished', '1#1 1#3 1', 'processing', 'processing', 'finished'),
  one('what another desk did upon the half that has not come', '1:taken 1:finished 2<1 2:handedOver', '1#1 2 1', 'processing', 'processing …1 !wrongState', 'returned'),
  one('half of one log, half of the other, then the rests', '1:taken 2<1 2:finished 1<2 1:reworked 2<1 2:finished/1', '2#1 1#1 2 1', 'received …1 !wrongState', 'finished', 'processing …1 !concurrent', 'finished'),
  one('an act that an undoing in the second half takes back', '1:taken 1:finished 1:undo@finished', '1#2 1', 'finished', 'processing'),
  one('a log that came twice, its first half once more', '1:taken 1:finished', '1 1#1 1', 'finished', 'finished', 'finished'),
  // Done at the same time on desks that did not know of each other.
  one('the same result on two desks', '1:taken 2<1 1:finished 2:finished', '2 1', 'received …1 !wrongState', 'finished'),
  one('two different results', '1:taken 2<1 1:finished 2:finished/1', '2 1', 'received …1 !wrongState', 'processing !concurrent'),
  one('a result and a withdrawal', '1:taken 2<1 1:finished 2:withdrawn', '2 1', 'withdrawn …1', 'processing !concurrent'),
  one('two officers take the same dossier', '1:taken 2:taken/1', '2 1', 'processing', 'processing'),
  one('two corrections of two fields', '1:correct@request:Một 2:correct@note:Hai', '2 1', 'received', 'received'),
  one('two corrections of one field', '1:correct@request:Một 2:correct@request:Hai', '2 1', 'received', 'received !concurrent'),
  one('two requests for papers', '1:taken 2<1 1:supplementRequested 2:supplementRequested/1', '2 1', 'waitingSupplement …1', 'processing !concurrent'),
  one('papers come while another desk stops the dossier', '1:taken 1:supplementRequested 2<1 1:supplementReceived 2:stopped', '2 1', 'stopped …1', 'waitingSupplement !concurrent'),
  one('a void while another desk finishes', '1:taken 2<1 1:finished 2:voided=leader', '2 1', 'voided …1', 'processing !concurrent'),
  one('two apologies', '1:taken 2<1 1:apologised 2:apologised', '2 1', 'received …1', 'processing'),
  one('the answer to a request that another desk undid', '1:taken 1:supplementRequested 2<1 1:undo@supplementRequested 2:supplementReceived', '2 1', 'received …1 !wrongState', 'waitingSupplement !concurrent'),
  one('a third act upon a conflict that was settled', '1:taken 2<1 3<1 1:finished 2:withdrawn 1<2 1:settle@finished 3:stopped', '1 2 3', 'finished …1', 'finished', 'processing !concurrent'),
  one('the third act first', '1:taken 2<1 3<1 1:finished 2:withdrawn 1<2 1:settle@finished 3:stopped', '3 2 1', 'stopped …1', 'received …1 !concurrent', 'processing !concurrent'),
  one('two settlements that keep different sides', '1:taken 2<1 1:finished 2:withdrawn 1<2 2<1 1:settle@finished 2:settle@withdrawn', '2 1', 'withdrawn …2', 'processing !settledDifferently'),
  one('two linked codes', '1:codeLinked 2:codeLinked/1', '2 1', 'received', 'received !concurrent'),
  one('the same money taken at two desks', '1:feeCollected 2:feeCollected', '2 1', 'received', 'received'),
  one('two refunds of the same money', '1:feeCollected 2<1 1:feeRefunded 2:feeRefunded/1', '2 1', 'received …1 !wrongState', 'received !concurrent'),
  // Who may act is told by operations of the office, which may come late.
  one('an act of somebody who had lost the right, heard before the loss', '1:demote@processing 2<1 2:taken=processing', '2 1', 'processing', 'received !notPermitted'),
  one('an act done before the right was lost, heard after it', '2:taken=processing 1<2 1:demote@processing', '1 2', 'received', 'processing'),
  one('an act of somebody who got the right, heard before the right', '1:promote@reception 2<1 2:taken=reception', '2 1', 'received !notPermitted', 'processing'),
  one('an act and the loss of the right apart from each other', '1:demote@processing 2:taken=processing', '2 1', 'processing', 'received !notPermitted'),
  one('an act of a substitute before the delegation', '1:delegate@processing 2<1 2:voided=processing', '2 1', 'received !notPermitted', 'voided'),
  one('an act of an officer who had left, heard before the leaving', '1:retire@processing 2<1 2:taken=processing', '2 1', 'processing', 'received !notPermitted'),
  one('an act of a lost desk, heard before the loss', '1:revoke@2 2<1 2:taken', '2 1', 'processing', 'received !revokedDevice'),
  one('an act of a lost desk that did not know of it', '1:revoke@2 2:taken', '2 1', 'processing', 'received !revokedDevice'),
  // Other programs and other clocks.
  one('an act that only a newer program knows, before what it stands on', '1:taken 2<1 2:newer', '2 1', 'received …1 ↑', 'processing ↑'),
  one('acts upon what only a newer program knows', '1:newer 2<1 2:taken', '2 1', 'processing …1', 'processing ↑'),
  one('a desk whose clock is ten years ahead wrote first', '1:clock@3650 1:taken 2<1 2:finished', '2 1', 'received …1 !wrongState', 'finished'),
  one('a desk whose clock is a year behind wrote last', '1:taken 2<1 2:clock@-365 2:finished', '2 1', 'received …1 !wrongState', 'finished'),
];
