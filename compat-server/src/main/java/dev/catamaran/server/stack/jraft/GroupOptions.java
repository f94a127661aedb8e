package dev.catamaran.server.stack.jraft;

import com.alipay.sofa.jraft.option.ApplyTaskMode;
import com.alipay.sofa.jraft.option.NodeOptions;
import com.alipay.sofa.jraft.option.RaftOptions;
import com.alipay.sofa.jraft.option.ReadOnlyOption;
import java.nio.file.Path;

/** Node and raft options of real nodes (spec: jraft-groups 1.3). */
final class GroupOptions {

    private GroupOptions() {}

    static NodeOptions of(JRaftSettings settings, Path directory) {
        NodeOptions options = new NodeOptions();
        options.setInitialConf(PeerAddresses.configuration(settings.members()));
        options.setElectionTimeoutMs(settings.electionTimeoutMs());
        options.setLogUri(directory.resolve("log").toString());
        options.setRaftMetaUri(directory.resolve("meta-data").toString());
        options.setSnapshotUri(directory.resolve("snapshot").toString());
        options.setSnapshotIntervalSecs(settings.snapshotIntervalSecs());
        options.setSharedElectionTimer(true);
        options.setSharedVoteTimer(true);
        options.setSharedStepDownTimer(true);
        options.setSharedSnapshotTimer(true);
        options.setEnableMetrics(true);
        // A full queue is a refusal, not a blocked caller.
        options.setApplyTaskMode(ApplyTaskMode.NonBlocking);
        options.setRaftOptions(raftOptions());
        return options;
    }

    private static RaftOptions raftOptions() {
        RaftOptions options = new RaftOptions();
        options.setReadOnlyOptions(ReadOnlyOption.ReadOnlySafe);
        options.setMaxByteCountPerRpc(131_072);
        options.setMaxEntriesSize(1_024);
        options.setMaxBodySize(524_288);
        options.setMaxAppendBufferSize(262_144);
        options.setMaxElectionDelayMs(1_000);
        options.setElectionHeartbeatFactor(10);
        options.setApplyBatch(32);
        options.setSync(true);
        options.setSyncMeta(false);
        options.setDisruptorBufferSize(16_384);
        options.setReplicatorPipeline(true);
        options.setMaxReplicatorInflightMsgs(256);
        // Real followers would verify the checksums of ours but never write their own.
        options.setEnableLogEntryChecksum(false);
        return options;
    }
}
