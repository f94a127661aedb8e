package dev.catamaran.tool.rebuild.disk;

import static java.util.Objects.requireNonNull;

import dev.catamaran.tool.home.HomeLayout;
import dev.catamaran.tool.jraftdisk.StoreFacts;
import dev.catamaran.tool.rebuild.GroupMark;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rebuild of one home has come to. Which tree is live is not written here but read from the
 * marker inside the tree: that cannot disagree with the disk.
 *
 * @param format of this file
 * @param id of the plan
 * @param state how far the work is
 * @param because what was asked for, as options of the command line
 * @param back the map that leads back, as options of the command line
 * @param startedAt when, ISO 8601
 * @param home where the home lay then, links resolved
 * @param carried what was brought from another home besides the groups
 * @param units trees that are exchanged
 * @param files small files that are replaced
 * @param byHand files that could not be changed
 * @param before marks of the groups before
 * @param after facts of the groups in the stage; empty until it is complete
 */
record Journal(
        int format,
        String id,
        State state,
        String because,
        String back,
        String startedAt,
        String home,
        List<String> carried,
        List<Unit> units,
        List<SmallFile> files,
        @Nullable List<FileByHand> byHand,
        List<GroupMark> before,
        List<StoreFacts> after) {

    static final int FORMAT = 1;

    /** Files of the 1.x raft. */
    static final String LEGACY = "legacy";

    /** Files by which our own server knows its home. */
    static final String OWN = "own";

    /** Steps of the work. */
    enum State {
        /** A stage is being made: nothing live was touched, the stage may be deleted. */
        STAGING,
        /** The stage is complete: still nothing live was touched. */
        STAGED,
        /** Trees and files are being exchanged: go on, or undo. */
        SWAPPING,
        /** The home is rebuilt. */
        DONE,
        /** Trees and files are being exchanged back: go on. */
        UNDOING,
        /** The home is as it was. */
        UNDONE
    }

    /**
     * A tree and its other version.
     *
     * @param live relative to the data folder
     * @param other relative to the data folder
     */
    record Unit(String live, String other) {}

    /**
     * A small file, whose two versions are kept beside the journal.
     *
     * @param path relative to the home, which may lie elsewhere by now
     * @param before SHA-256 of the old content
     * @param after SHA-256 of the new content
     */
    record SmallFile(String path, String before, String after) {}

    Journal {
        requireNonNull(id, "id is null");
        requireNonNull(state, "state is null");
        requireNonNull(because, "because is null");
        requireNonNull(back, "back is null");
        Instant.parse(startedAt);
        requireNonNull(home, "home is null");
        carried = List.copyOf(carried);
        units = List.copyOf(units);
        files = List.copyOf(files);
        // journals of earlier versions do not have it
        byHand = byHand == null ? List.of() : List.copyOf(byHand);
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /** Files that could not be changed and still are as they were. */
    List<FileByHand> stillByHand(HomeLayout layout) throws IOException {
        List<FileByHand> still = new ArrayList<>();
        for (FileByHand file : requireNonNull(byHand, "copied above")) {
            if (file.isAsItWas(layout)) {
                still.add(file);
            }
        }
        return still;
    }

    /** When it began. */
    Instant began() {
        return Instant.parse(startedAt);
    }

    Journal in(State next) {
        return new Journal(
                format, id, next, because, back, startedAt, home, carried, units, files, byHand,
                before, after);
    }

    /**
     * The stage is complete.
     *
     * @param prepared small files
     * @param left files that could not be changed
     * @param staged facts of the groups in it
     * @param brought what was brought from another home
     */
    Journal staged(
            List<SmallFile> prepared,
            List<FileByHand> left,
            List<StoreFacts> staged,
            List<String> brought) {
        return new Journal(
                format,
                id,
                State.STAGED,
                because,
                back,
                startedAt,
                home,
                brought,
                units,
                prepared,
                left,
                before,
                staged);
    }
}
