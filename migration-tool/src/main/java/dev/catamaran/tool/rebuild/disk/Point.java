package dev.catamaran.tool.rebuild.disk;

/**
 * The moments of a rebuild at which a process can end without harm. Tests stop it at each of them;
 * the order is the order of the work.
 */
public enum Point {
    /** The home is locked, nothing is written. */
    LOCKED,
    /** The journal says that a stage is being made. */
    JOURNAL_OPENED,
    /** The folder of the stage is there. */
    STAGE_MADE,
    /** One group is copied into the stage. */
    GROUP_COPIED,
    /** One group is rewritten in the stage. */
    GROUP_REWRITTEN,
    /** One group in the stage is verified against its original. */
    GROUP_VERIFIED,
    /** What is in the raft folder beside the groups is copied. */
    REST_COPIED,
    /** Every staged file belongs to the user it belonged to. */
    OWNED,
    /** The stage carries its marker. */
    MARKED,
    /** Every file and folder of the stage is forced to the disk. */
    STAGE_SYNCED,
    /** The new text of a small file is kept beside the journal. */
    FILE_PREPARED,
    /** What the old tree holds is listed. */
    ORIGINAL_LISTED,
    /** The journal says that all is prepared. */
    JOURNAL_STAGED,
    /** The locks of the staged groups are held, so that nobody starts on them too early. */
    STAGE_LOCKED,
    /** The journal says that the swap begins. */
    JOURNAL_SWAPPING,
    /** Without an atomic exchange: the live tree is moved away. */
    MOVED_AWAY,
    /** Without an atomic exchange: the other tree is in its place. */
    MOVED_IN,
    /** One tree is exchanged. */
    EXCHANGED,
    /** The folders round the exchange are forced to the disk. */
    EXCHANGE_SYNCED,
    /** One small file is replaced. */
    FILE_REPLACED,
    /** The journal says that the home is rebuilt. */
    JOURNAL_DONE,
    /** The undo holds the locks and found that nothing moved on. */
    UNDO_CHECKED,
    /** The journal says that an undo begins. */
    JOURNAL_UNDOING,
    /** One small file has its old text again. */
    FILE_RESTORED,
    /** One tree is exchanged back. */
    EXCHANGED_BACK,
    /** The folders round it are forced to the disk. */
    BACK_SYNCED,
    /** The journal says that the home is as it was. */
    JOURNAL_UNDONE
}
