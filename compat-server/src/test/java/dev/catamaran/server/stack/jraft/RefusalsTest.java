package dev.catamaran.server.stack.jraft;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.nacos.consistency.entity.Response;
import com.alibaba.nacos.consistency.entity.WriteRequest;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.entity.RaftOutter.SnapshotMeta;
import com.alipay.sofa.jraft.error.RaftError;
import com.alipay.sofa.jraft.error.RemotingException;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.InstallSnapshotRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.ReadIndexRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.RequestVoteRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.TimeoutNowRequest;
import com.google.protobuf.Message;
import dev.catamaran.server.stack.WriteOrigin;
import dev.catamaran.server.stack.WriteResult;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is certain and what is not; and who may call at all. */
class RefusalsTest {

    private static final WriteResult DONE = new WriteResult.Done();
    private static final WriteResult NOT_NOW = new WriteResult.NotNow("x");
    private static final WriteResult UNKNOWN = new WriteResult.Unknown("x");
    private static final WriteResult REJECTED = new WriteResult.Rejected("x");

    @Test
    void everyEndTravelsInAReplyAndBack() {
        for (WriteResult result : List.of(DONE, NOT_NOW, UNKNOWN, REJECTED)) {
            assertThat(Replies.result(Replies.of(result))).isEqualTo(result);
        }
    }

    @Test
    void aRealLeadersRefusalIsCertainOnlyWhenItHasNoLeaderOrGroup() {
        assertThat(Replies.result(Replies.noLeader("g"))).isInstanceOf(WriteResult.NotNow.class);
        assertThat(Replies.result(Replies.noGroup("g"))).isInstanceOf(WriteResult.NotNow.class);
        assertThat(Replies.result(Replies.refusal("java.util.concurrent.TimeoutException")))
                .isInstanceOf(WriteResult.Unknown.class);
        assertThat(Replies.result(Response.getDefaultInstance()))
                .isInstanceOf(WriteResult.Unknown.class);
    }

    @Test
    void aLostLeadershipIsUnknownButATaskThatWasNeverLoggedIsNot() {
        assertThat(Proposal.failed(new Status(RaftError.EPERM, "Is not leader.")))
                .isInstanceOf(WriteResult.NotNow.class);
        assertThat(Proposal.failed(new Status(RaftError.EBUSY, "Is transferring leadership.")))
                .isInstanceOf(WriteResult.NotNow.class);
        assertThat(Proposal.failed(new Status(RaftError.EPERM, "Leader stepped down")))
                .isInstanceOf(WriteResult.Unknown.class);
        assertThat(Proposal.failed(new Status(RaftError.EIO, "disk full")))
                .isInstanceOf(WriteResult.Unknown.class);
    }

    @Test
    void onlyACallThatNeverLeftIsCertain() {
        assertThat(ended(new RemotingException("Fail to connect")))
                .isInstanceOf(WriteResult.NotNow.class);
        assertThat(ended(new IllegalStateException(new ConnectException("refused"))))
                .isInstanceOf(WriteResult.NotNow.class);
        assertThat(ended(io.grpc.Status.PERMISSION_DENIED.asRuntimeException()))
                .isInstanceOf(WriteResult.NotNow.class);
        assertThat(ended(io.grpc.Status.UNAVAILABLE.asRuntimeException()))
                .isInstanceOf(WriteResult.Unknown.class);
        assertThat(ended(io.grpc.Status.DEADLINE_EXCEEDED.asRuntimeException()))
                .isInstanceOf(WriteResult.Unknown.class);
    }

    @Test
    void aWholeIsCertainOnlyIfItsPartsAgree() {
        assertThat(WholeResult.of(List.of())).isEqualTo(DONE);
        assertThat(WholeResult.of(List.of(DONE, DONE))).isEqualTo(DONE);
        assertThat(WholeResult.of(List.of(NOT_NOW, REJECTED))).isEqualTo(NOT_NOW);
        assertThat(WholeResult.of(List.of(DONE, NOT_NOW))).isInstanceOf(WriteResult.Unknown.class);
        assertThat(WholeResult.of(List.of(NOT_NOW, UNKNOWN)))
                .isInstanceOf(WriteResult.Unknown.class);
    }

    @Test
    void onlyMembersAddressesMayCall() throws Exception {
        Set<InetAddress> members =
                PeerAddresses.resolve(List.of("127.0.0.2:8848", "10.1.2.3:8848"));
        PeerFilter filter = new PeerFilter(() -> members, Set.of());

        assertThat(filter.isMember(from(10, 1, 2, 3))).isTrue();
        assertThat(filter.isMember(from(127, 0, 0, 1))).isTrue();
        assertThat(filter.isMember(from(10, 1, 2, 4))).isFalse();
        PeerFilter remote =
                new PeerFilter(() -> PeerAddresses.resolve(List.of("10.1.2.3:8848")), Set.of());
        assertThat(remote.isMember(from(127, 0, 0, 1))).isFalse();
        assertThat(filter.isMember(InetSocketAddress.createUnresolved("10.1.2.3", 1))).isFalse();
        assertThat(filter.isMember(null)).isFalse();
        assertThat(PeerAddresses.member(PeerAddresses.peer("10.1.2.3:8848")))
                .isEqualTo("10.1.2.3:8848");
        assertThat(PeerAddresses.peer("10.1.2.3:8848").getPort()).isEqualTo(7848);
    }

    @Test
    void aMessageOfARealServerAtAMembersAddressIsNotLetIn() {
        PeerFilter filter =
                new PeerFilter(
                        () -> PeerAddresses.resolve(List.of("127.0.0.1:8848")),
                        Set.of(PeerAddresses.peer("127.0.0.1:8848")));

        for (Message ours : fromSender("127.0.0.1:7848")) {
            assertThat(filter.isOurs(ours)).as(ours.getClass().getSimpleName()).isTrue();
        }
        for (String stranger : List.of("127.0.0.1:7858", "", "nonsense", "127.0.0.1:7848:0:1:2")) {
            for (Message foreign : fromSender(stranger)) {
                assertThat(filter.isOurs(foreign))
                        .as(stranger + " " + foreign.getClass().getSimpleName())
                        .isFalse();
            }
        }
    }

    @Test
    void aForwardedWriteIsTakenOnlyIfAMemberOfOursSignedIt() {
        PeerFilter filter = new PeerFilter(Set::of, Set.of());
        WriteRequest real = WriteRequest.newBuilder().setGroup(Groups.INSTANCES).build();

        assertThat(filter.isOurs(real)).isFalse();
        assertThat(filter.isOurs(Origins.put(real, new WriteOrigin(WriteOrigin.Kind.CLIENT, 3))))
                .isTrue();
    }

    /** One of each message that names its sender. */
    private static List<Message> fromSender(String sender) {
        String group = Groups.INSTANCES;
        return List.of(
                AppendEntriesRequest.newBuilder()
                        .setGroupId(group)
                        .setServerId(sender)
                        .setPeerId("127.0.0.1:7848")
                        .setTerm(1_000)
                        .setPrevLogTerm(0)
                        .setPrevLogIndex(0)
                        .setCommittedIndex(0)
                        .build(),
                RequestVoteRequest.newBuilder()
                        .setGroupId(group)
                        .setServerId(sender)
                        .setPeerId("127.0.0.1:7848")
                        .setTerm(1_000)
                        .setLastLogTerm(1_000)
                        .setLastLogIndex(1_000)
                        .setPreVote(true)
                        .build(),
                InstallSnapshotRequest.newBuilder()
                        .setGroupId(group)
                        .setServerId(sender)
                        .setPeerId("127.0.0.1:7848")
                        .setTerm(1_000)
                        .setUri("remote://127.0.0.1:7858/1")
                        .setMeta(
                                SnapshotMeta.newBuilder()
                                        .setLastIncludedIndex(1)
                                        .setLastIncludedTerm(1))
                        .build(),
                TimeoutNowRequest.newBuilder()
                        .setGroupId(group)
                        .setServerId(sender)
                        .setPeerId("127.0.0.1:7848")
                        .setTerm(1_000)
                        .build(),
                ReadIndexRequest.newBuilder().setGroupId(group).setServerId(sender).build());
    }

    private static InetSocketAddress from(int... bytes) throws Exception {
        byte[] address = new byte[4];
        for (int i = 0; i < address.length; i++) {
            address[i] = (byte) bytes[i];
        }
        return new InetSocketAddress(InetAddress.getByAddress(address), 40_000);
    }

    private static WriteResult ended(Throwable error) {
        return LeaderClient.ended("10.0.0.1:8848", null, error);
    }
}
