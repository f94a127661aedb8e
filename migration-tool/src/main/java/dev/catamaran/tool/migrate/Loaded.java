package dev.catamaran.tool.migrate;

import static java.util.Objects.requireNonNull;

import dev.catamaran.tool.records.RecordSet;

/** What came of reading a source. */
public sealed interface Loaded {

    /**
     * It was read whole.
     *
     * @param records what it holds
     * @param version what wrote or serves it, as far as known; may be empty
     * @param hidesEmptyClusters whether clusters without instances cannot be seen there
     */
    record Records(RecordSet records, String version, boolean hidesEmptyClusters)
            implements Loaded {
        public Records {
            requireNonNull(records, "records is null");
            requireNonNull(version, "version is null");
        }
    }

    /**
     * It must not be used.
     *
     * @param text what is wrong, where, and what to do
     */
    record Refused(String text) implements Loaded {
        public Refused {
            requireNonNull(text, "text is null");
        }
    }
}
