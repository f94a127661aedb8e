package dev.catamaran.tool.home;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.digest.RegistryTable;

/** What the files of one or several 1.x homes hold. */
public sealed interface HomeContents {

    /**
     * The homes can be started from.
     *
     * @param records all records of all homes, of each key the one written last
     */
    record Records(RegistryTable records) implements HomeContents {
        public Records {
            requireNonNull(records, "records is null");
        }
    }

    /**
     * The homes cannot be started from; nothing was changed.
     *
     * @param what what is wrong
     * @param where the file or folder that shows it
     * @param todo what the operator can do
     */
    record Refused(String what, String where, String todo) implements HomeContents {
        public Refused {
            requireNonNull(what, "what is null");
            requireNonNull(where, "where is null");
            requireNonNull(todo, "todo is null");
        }

        /** The refusal in one line. */
        public String text() {
            return what + " (" + where + "). " + todo;
        }
    }
}
