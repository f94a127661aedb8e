package dev.catamaran.server.stack.legacy;

import dev.catamaran.legacyraft.core.Datum;
import dev.catamaran.legacyraft.wire.BeatForm;
import dev.catamaran.legacyraft.wire.CommitForm;
import dev.catamaran.legacyraft.wire.DatumForm;
import dev.catamaran.legacyraft.wire.NamesForm;
import dev.catamaran.legacyraft.wire.PeerForm;
import dev.catamaran.server.member.MemberClient;
import java.net.ConnectException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Calls between stacks of one JVM, through the real wire forms. */
final class LoopbackClient implements MemberClient {

    private final String from;
    private final Map<String, LegacyStack> stacks;
    private final Set<String> cutOff;

    LoopbackClient(String from, Map<String, LegacyStack> stacks, Set<String> cutOff) {
        this.from = from;
        this.stacks = stacks;
        this.cutOff = cutOff;
    }

    static Set<String> nobodyCutOff() {
        return ConcurrentHashMap.newKeySet();
    }

    @Override
    public CompletableFuture<MemberResponse> send(
            String method,
            String address,
            String pathAndQuery,
            String contentType,
            byte[] body,
            Duration timeout) {
        LegacyStack stack = stacks.get(address);
        if (stack == null || cutOff.contains(from) != cutOff.contains(address)) {
            return CompletableFuture.failedFuture(
                    new NotSentException("refused", new ConnectException(address)));
        }
        return answer(stack, method, pathAndQuery, body)
                .thenApply(
                        reply ->
                                new MemberResponse(
                                        reply.status(),
                                        reply.text().getBytes(StandardCharsets.UTF_8)));
    }

    private static CompletableFuture<RaftReply> answer(
            LegacyStack stack, String method, String pathAndQuery, byte[] body) {
        String[] parts = pathAndQuery.split("[?]", 2);
        String path = parts[0].substring(parts[0].lastIndexOf('/') + 1);
        return switch (path) {
            case "vote" ->
                    stack.onVote(
                            PeerForm.decode(
                                            decode(
                                                    new String(body, StandardCharsets.UTF_8)
                                                            .substring("vote=".length())))
                                    .orThrow());
            case "beat" -> stack.onBeat(BeatForm.decode(body).orThrow());
            case "commit" ->
                    stack.onCommit(
                            (method.equals("POST")
                                            ? CommitForm.decodePut(body)
                                            : CommitForm.decodeDelete(body))
                                    .orThrow());
            case "datum" -> {
                String keys = decode(parts[1].substring("keys=".length()));
                List<Optional<Datum>> datums =
                        DatumForm.decodeKeys(keys).orThrow().stream()
                                .map(key -> stack.state().orElseThrow().held().datums().get(key))
                                .toList();
                yield CompletableFuture.completedFuture(
                        new RaftReply(200, DatumForm.encodeList(datums)));
            }
            case "inventory" ->
                    CompletableFuture.completedFuture(
                            new RaftReply(
                                    200,
                                    DatumForm.encodeList(
                                            stack
                                                    .state()
                                                    .orElseThrow()
                                                    .held()
                                                    .datums()
                                                    .values()
                                                    .stream()
                                                    .map(Optional::of)
                                                    .toList())));
            case "names" ->
                    CompletableFuture.completedFuture(
                            new RaftReply(
                                    200,
                                    NamesForm.encode(
                                            stack.state().orElseThrow().held().datums(),
                                            stack.state().orElseThrow().held().tombstones())));
            case "command" -> stack.onCommand(body);
            case "barrier" -> stack.onBarrier(Duration.ofSeconds(3));
            default -> CompletableFuture.completedFuture(new RaftReply(501, "no such api"));
        };
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
