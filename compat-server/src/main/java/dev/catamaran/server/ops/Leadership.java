package dev.catamaran.server.ops;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.Decision;
import dev.catamaran.judgement.Judge;
import dev.catamaran.judgement.Order;
import dev.catamaran.judgement.Reason;
import dev.catamaran.judgement.Verdict;
import dev.catamaran.server.member.MemberClient;
import dev.catamaran.server.transition.AgreedSettings;
import dev.catamaran.server.transition.EvidenceSource;
import dev.catamaran.server.transition.JudgementLoop;
import dev.catamaran.server.transition.TransitionGroup;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What only the leader of the transition group can answer: orders and explanations. On any other
 * member the question goes to the leader, once; a leader that just lost its office says so and the
 * operator asks again.
 */
public final class Leadership {

    /** Where members send each other what only the leader can answer. */
    static final String INTERNAL = "/catamaran/v1/internal/";

    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Longer than a confirmed proposal takes, shorter than an operator's patience. */
    private static final Duration FORWARD = Duration.ofSeconds(8);

    /** What it can mean that this member knows of no leader. */
    private static final String NO_LEADER =
            "no majority of the members runs, an election is under way, or the group of this member"
                    + " has stopped (its status and logs/catamaran.log say why)";

    private static final byte[] NO_BODY = {};

    private final TransitionGroup group;
    private final JudgementLoop loop;
    private final EvidenceSource evidence;
    private final AgreedSettings settings;
    private final MemberClient client;

    /**
     * A desk.
     *
     * @param group says who leads
     * @param loop judges orders where this member leads
     * @param evidence what this member sees
     * @param settings what the judge goes by
     * @param client reaches the leader
     */
    public Leadership(
            TransitionGroup group,
            JudgementLoop loop,
            EvidenceSource evidence,
            AgreedSettings settings,
            MemberClient client) {
        this.group = requireNonNull(group, "group is null");
        this.loop = requireNonNull(loop, "loop is null");
        this.evidence = requireNonNull(evidence, "evidence is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.client = requireNonNull(client, "client is null");
    }

    /** An order, wherever the leader is. */
    CompletableFuture<OpsAnswer> order(OrderJson.Kind kind, byte[] body) {
        try {
            OrderJson.read(kind, body);
        } catch (IllegalArgumentException illegal) {
            return CompletableFuture.completedFuture(illegal(illegal));
        }
        return group.isLeader() ? orderHere(kind, body) : forward("POST", kind.path(), body);
    }

    /** An order that this member itself must judge. */
    CompletableFuture<OpsAnswer> orderHere(OrderJson.Kind kind, byte[] body) {
        Order order;
        try {
            order = OrderJson.read(kind, body);
        } catch (IllegalArgumentException illegal) {
            return CompletableFuture.completedFuture(illegal(illegal));
        }
        LOG.info("order={} members-epoch={}", order, group.applied().upgrade().epoch());
        return loop.order(order)
                .handle(
                        (decision, failure) ->
                                failure == null ? decided(decision) : notDecided(failure));
    }

    private static OpsAnswer illegal(IllegalArgumentException illegal) {
        return new OpsAnswer(
                OpsAnswer.ILLEGAL,
                Reasons.one(
                                "bad-order",
                                String.valueOf(illegal.getMessage()),
                                "send the order as docs/reference/http-api.md shows it")
                        .toString());
    }

    private static OpsAnswer decided(Decision decision) {
        if (decision.verdict() == Verdict.REFUSED) {
            return new OpsAnswer(OpsAnswer.REFUSED, reasons(decision.because()));
        }
        ObjectNode node = JSON.createObjectNode();
        node.put("verdict", decision.verdict().name());
        node.put("phase", decision.next().phase().name());
        node.put("epoch", decision.next().epoch());
        node.put("held", decision.next().held());
        node.set(
                "because",
                Reasons.json(
                        decision.because(), JudgementLoop.nowMs(), System.currentTimeMillis()));
        return new OpsAnswer(OpsAnswer.OK, node.toString());
    }

    private static OpsAnswer notDecided(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof JudgementLoop.NotLeading) {
            return noLeader(String.valueOf(cause.getMessage()));
        }
        return new OpsAnswer(
                OpsAnswer.UNKNOWN,
                Reasons.one(
                                "outcome-unknown",
                                "the order was proposed, its end is not known: " + cause,
                                "look at /catamaran/v1/status before you repeat it")
                        .toString());
    }

    /** Why the cluster stays where it is, as the leader sees it. */
    CompletableFuture<OpsAnswer> explain() {
        return group.isLeader()
                ? CompletableFuture.completedFuture(explainHere())
                : forward("GET", "explain", NO_BODY)
                        .thenApply(
                                answer ->
                                        answer.status() == OpsAnswer.OK
                                                        || answer.status() == OpsAnswer.NOT_NOW
                                                ? answer
                                                : explainHere());
    }

    /** Why the cluster stays where it is, as this member sees it. */
    OpsAnswer explainHere() {
        List<Reason> reasons =
                Judge.explain(
                        group.applied().upgrade(),
                        loop.memory(),
                        settings.now(),
                        evidence.cluster(),
                        evidence.mirror());
        return new OpsAnswer(OpsAnswer.OK, reasons(reasons));
    }

    /** Asks the leader; on trouble the answer says so. */
    CompletableFuture<OpsAnswer> forward(String method, String path, byte[] body) {
        Optional<String> leader = group.leader();
        if (leader.isEmpty()) {
            return CompletableFuture.completedFuture(noLeader(NO_LEADER));
        }
        return client.send(method, leader.get(), INTERNAL + path, "application/json", body, FORWARD)
                .handle(
                        (response, failure) ->
                                failure == null
                                        ? new OpsAnswer(response.status(), response.text())
                                        : notForwarded(leader.get(), failure));
    }

    private static OpsAnswer notForwarded(String leader, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof MemberClient.NotSentException) {
            return noLeader("the leader " + leader + " is not reached");
        }
        return new OpsAnswer(
                OpsAnswer.UNKNOWN,
                Reasons.one(
                                "outcome-unknown",
                                "the leader " + leader + " did not answer: " + cause,
                                "look at /catamaran/v1/status before you repeat it")
                        .toString());
    }

    private static OpsAnswer noLeader(String evidence) {
        return new OpsAnswer(
                OpsAnswer.NOT_NOW,
                Reasons.one(
                                "no-leader",
                                "nobody decides now: " + evidence,
                                "start a majority of the members, or ask again in a second")
                        .toString());
    }

    private static String reasons(List<Reason> reasons) {
        return Reasons.json(reasons, JudgementLoop.nowMs(), System.currentTimeMillis()).toString();
    }
}
