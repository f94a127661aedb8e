package dev.catamaran.server.stack.legacy;

import dev.catamaran.legacyraft.wire.PublishForm;
import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.server.member.MemberClient;
import dev.catamaran.server.member.MemberClient.MemberResponse;
import dev.catamaran.server.stack.WriteOrigin;
import dev.catamaran.server.stack.WriteResult;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What this member asks of the leader of the legacy raft. */
final class LeaderLine {

    static final String COMMAND = "/catamaran/v1/internal/legacy/command";
    static final String BARRIER = "/catamaran/v1/internal/legacy/barrier";
    private static final String JSON = "application/json;charset=UTF-8";
    private static final byte[] NO_BODY = {};

    /** Longer than the leader itself waits for a majority. */
    private static final Duration COMMAND_TIMEOUT =
            LegacySettings.PUBLISH_TIMEOUT.plus(Duration.ofSeconds(2));

    private final MemberClient client;

    LeaderLine(MemberClient client) {
        this.client = client;
    }

    /** Never fails: every end is a result. */
    CompletableFuture<CommandForm.Result> submit(
            String leader, RegistryCommand command, WriteOrigin origin) {
        byte[] body = CommandForm.encode(command, origin);
        return send("POST", leader, COMMAND, body, COMMAND_TIMEOUT)
                .handle((answer, failure) -> result(leader, answer, failure));
    }

    private static CommandForm.Result result(
            String leader, @Nullable MemberResponse answer, @Nullable Throwable failure) {
        if (answer != null && answer.status() == 200) {
            return CommandForm.decodeResult(answer.body());
        }
        String what = "leader " + leader + " ";
        if (answer != null) {
            String text = what + "answered " + answer.status() + ": " + shorten(answer.text());
            // these are said before a command is looked at
            boolean unseen =
                    switch (answer.status()) {
                        case 400, 403, 404, 413, 501, 503 -> true;
                        default -> false;
                    };
            return new CommandForm.Result(
                    unseen ? new WriteResult.NotNow(text) : new WriteResult.Unknown(text), 0);
        }
        boolean notSent = cause(failure) instanceof MemberClient.NotSentException;
        return new CommandForm.Result(
                notSent
                        ? new WriteResult.NotNow(what + "cannot be reached: " + cause(failure))
                        : new WriteResult.Unknown(what + "did not answer: " + cause(failure)),
                0);
    }

    /** The leader's position, once it has proved that it leads. */
    CompletableFuture<Long> barrier(String leader, Duration timeout) {
        String path = BARRIER + "?timeoutMs=" + timeout.toMillis();
        return send("POST", leader, path, NO_BODY, timeout.plusSeconds(1))
                .thenApply(
                        answer -> {
                            if (answer.status() != 200) {
                                throw new IllegalStateException(
                                        "leader " + leader + ": " + shorten(answer.text()));
                            }
                            return Long.parseLong(answer.text().trim());
                        });
    }

    /**
     * Passes a datum on to the leader.
     *
     * @param real whether the leader is a real server, which decodes bodies that nobody encoded
     */
    CompletableFuture<RaftReply> datum(
            String leader, String key, Optional<String> value, boolean real) {
        CompletableFuture<MemberResponse> answer;
        if (value.isPresent()) {
            byte[] body = PublishForm.encode(new PublishForm.Publish(key, value.get()), real);
            answer = send("POST", leader, RaftCalls.BASE + "/datum", body, COMMAND_TIMEOUT);
        } else {
            String encoded = URLEncoder.encode(key, StandardCharsets.UTF_8);
            String path = RaftCalls.BASE + "/datum?key=" + encoded;
            answer = send("DELETE", leader, path, NO_BODY, COMMAND_TIMEOUT);
        }
        return answer.handle(
                (reply, failure) ->
                        reply == null
                                ? new RaftReply(500, "leader failed, caused by: " + cause(failure))
                                : reply.status() == 200
                                        ? new RaftReply(200, "ok")
                                        : new RaftReply(
                                                500, "leader failed, caused by: " + reply.text()));
    }

    private CompletableFuture<MemberResponse> send(
            String method, String leader, String path, byte[] body, Duration timeout) {
        try {
            return client.send(method, leader, path, JSON, body, timeout);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static String shorten(String text) {
        return text.length() <= 300 ? text : text.substring(0, 300) + "…";
    }

    static @Nullable Throwable cause(@Nullable Throwable failure) {
        return failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
    }
}
