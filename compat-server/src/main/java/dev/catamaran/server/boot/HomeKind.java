package dev.catamaran.server.boot;

import static java.util.Objects.requireNonNull;

/** What a home directory holds, by the files that stand in it. */
sealed interface HomeKind {

    /** Nothing: a new member. */
    record Fresh() implements HomeKind {}

    /**
     * The home of a Catamaran member.
     *
     * @param member address of the member it belongs to
     */
    record Catamaran(String member) implements HomeKind {
        public Catamaran {
            requireNonNull(member, "member is null");
        }
    }

    /**
     * The home of a real 1.x server whose files hold its persistent records.
     *
     * @param form which servers write it so, for the log
     */
    record Real1x(String form) implements HomeKind {
        public Real1x {
            requireNonNull(form, "form is null");
        }
    }

    /**
     * The home of a real 2.x server.
     *
     * @param upgraded whether its JRaft groups hold the records; if not, its 1.x files do, and the
     *     groups a copy
     */
    record Real2x(boolean upgraded) implements HomeKind {}

    /**
     * Something a member must not start on.
     *
     * @param refusal why, where, what to do
     */
    record Unusable(Refusal refusal) implements HomeKind {
        public Unusable {
            requireNonNull(refusal, "refusal is null");
        }
    }
}
