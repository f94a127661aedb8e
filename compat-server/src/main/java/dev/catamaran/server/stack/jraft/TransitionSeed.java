package dev.catamaran.server.stack.jraft;

import com.alipay.sofa.jraft.JRaftUtils;
import com.alipay.sofa.jraft.option.BootstrapOptions;
import dev.catamaran.server.stack.jraft.GroupState.SnapshotFile;
import dev.catamaran.server.transition.Move;
import dev.catamaran.server.transition.TransitionState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The group {@code catamaran_transition} of a member that does not begin at the beginning: its
 * first entry is in a snapshot before the group ever elects. Members that are given the same state
 * agree without having spoken, and one with an empty group cannot win against a majority of them.
 */
public final class TransitionSeed {

    /** The voters are entry 1, the state counts as entry 2; both of term 1. */
    private static final long LAST = 2;

    private TransitionSeed() {}

    /**
     * Writes the group's files.
     *
     * @param raft folder of the groups; the group must not be in it yet
     * @param members planned members, the voters
     * @param state what the group holds from the beginning; the same on every member to the letter,
     *     or the copies differ for good
     * @throws IOException if they cannot be written
     */
    public static void write(Path raft, List<String> members, TransitionState state)
            throws IOException {
        Path directory = raft.resolve(Groups.TRANSITION);
        if (Files.exists(directory)) {
            throw new IOException(directory + " exists already");
        }
        Files.createDirectories(directory);
        TransitionGroupState held = new TransitionGroupState();
        held.load(new SnapshotFile(new TransitionEntries().encode(new Move(state, 0, "")), ""));
        BootstrapOptions options = new BootstrapOptions();
        options.setGroupId(Groups.TRANSITION);
        options.setGroupConf(PeerAddresses.configuration(members));
        options.setLastLogIndex(LAST);
        options.setFsm(new GroupStateMachine(Groups.TRANSITION, held, Runnable::run));
        options.setLogUri(directory.resolve("log").toString());
        options.setRaftMetaUri(directory.resolve("meta-data").toString());
        options.setSnapshotUri(directory.resolve("snapshot").toString());
        try {
            if (!JRaftUtils.bootstrap(options)) {
                throw new IOException("the files of " + Groups.TRANSITION + " were not written");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Name of the group's folder. */
    public static String group() {
        return Groups.TRANSITION;
    }
}
