package dev.catamaran.tool.jraftdisk;

/** The two column families of a group's log, in the order in which JRaft opens them. */
public enum Family {
    /** Configuration entries once more, and the key of the first index. */
    CONFIGURATION("Configuration"),
    /** All entries. */
    ENTRIES("default");

    private final String storedName;

    Family(String storedName) {
        this.storedName = storedName;
    }

    public String storedName() {
        return storedName;
    }
}
