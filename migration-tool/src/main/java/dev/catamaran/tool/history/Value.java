package dev.catamaran.tool.history;

import static java.util.Objects.requireNonNull;

/** The state of one record as the rehearsal tells states apart. */
public sealed interface Value {

    /** The record is not there. */
    Value ABSENT = new Absent();

    /** The record as its writer wrote it with this version number, whole in every field. */
    static Value version(long number) {
        return new Version(number);
    }

    /** A short text for reports. */
    String text();

    /** The record is not there. */
    record Absent() implements Value {
        @Override
        public String text() {
            return "absent";
        }
    }

    /**
     * What the writer's put with this number wrote.
     *
     * @param number counts the puts of one record, from 1
     */
    record Version(long number) implements Value {
        public Version {
            if (number < 1) {
                throw new IllegalArgumentException("versions count from 1, not " + number);
            }
        }

        @Override
        public String text() {
            return "v" + number;
        }
    }

    /**
     * Something the writer never wrote: a field lost, changed or mixed.
     *
     * @param what what was seen, in one line
     */
    record Foreign(String what) implements Value {
        public Foreign {
            requireNonNull(what, "what is null");
        }

        @Override
        public String text() {
            return what;
        }
    }
}
