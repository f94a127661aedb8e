package dev.catamaran.legacyraft.shared;

/**
 * What a member of ours does otherwise than 1.x so that nothing is lost, one for each defect of
 * spec legacy-raft 9.1 that this core meets. All are always on; only tests run without one, to show
 * that it is needed.
 */
enum Defence {
    /** D1: a leader without a majority's answers steps down and takes no change. */
    LEASE,
    /** D2: who is empty does not campaign before it has looked; a live leader is not voted away. */
    NO_EMPTY_LEADER,
    /** D2: a beat that would delete much is held back. */
    QUARANTINE,
    /** D3: a deleted key does not come back from an old file or follower. */
    TOMBSTONES,
    /** D4: a timestamp of a key never goes back, whoever leads. */
    RISING_TIMESTAMPS,
    /** D5: a late commit does not overwrite a newer one. */
    COMMIT_ORDER,
    /** D6: the leader's term is that of its last message, and cascades ask nobody. */
    FRESH_LEADER_TERM,
    /** D8: a beat without keys is no information. */
    EMPTY_BEAT,
    /** D10: term and vote are saved before they are told. */
    SAVED_VOTE,
    /** D11: votes count in their term, for us, of members. */
    COUNTED_VOTES,
    /** D12: only members are heard. */
    MEMBERS_ONLY,
    /** D13: members that leave the list leave the quorum. */
    WHOLE_LIST,
    /** D15: a change that waits keeps no other key waiting. */
    KEY_BY_KEY,
    /** D17: a beat is answered before what differs is fetched. */
    PROMPT_ANSWER
}
