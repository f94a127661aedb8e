package dev.catamaran.judgement;

import dev.catamaran.judgement.MemberEvidence.Source;
import dev.catamaran.judgement.MemberEvidence.Word;

/** What a member counts as, from the evidence of one moment. */
enum Standing {
    /** Ours, heard of lately. */
    CATAMARAN,
    /** A real 1.x, as far as one look can tell; proved only after the dwell time. */
    OLD,
    /** A real server of 2.0 or later, heard of lately. */
    NEW,
    /** It spoke, but too long ago to say anything now. */
    STALE,
    /** The last call to it failed. */
    UNREACHABLE,
    /** It has not said what it is. */
    UNKNOWN;

    /** Only a fresh word from a reachable member that has proved its kind is more than unknown. */
    static Standing of(MemberEvidence member, JudgeSettings settings, ClusterView cluster) {
        if (!member.answers()) {
            return UNREACHABLE;
        }
        if (member.word().isEmpty() || member.word().get().source() == Source.LIST) {
            return UNKNOWN;
        }
        Word word = member.word().get();
        if (word.ageMs() > settings.freshMs()) {
            return STALE;
        }
        return switch (member.kind()) {
            case CATAMARAN -> CATAMARAN;
            case REAL -> ofReal(member, word, cluster);
            case UNKNOWN -> UNKNOWN;
        };
    }

    /** Servers before 1.3 name no version: there the endpoints count, if enough of us saw them. */
    private static Standing ofReal(MemberEvidence member, Word word, ClusterView cluster) {
        if (word.version().isPresent()) {
            return word.version().get().below2() ? OLD : NEW;
        }
        return cluster.majoritySaysOld(member) ? OLD : UNKNOWN;
    }
}
