package dev.catamaran.server.web;

import static java.util.Objects.requireNonNull;

import dev.catamaran.legacyraft.core.Datum;
import dev.catamaran.legacyraft.core.MemberState;
import dev.catamaran.legacyraft.core.RaftPeer;
import dev.catamaran.legacyraft.wire.BeatForm;
import dev.catamaran.legacyraft.wire.CommitForm;
import dev.catamaran.legacyraft.wire.DatumForm;
import dev.catamaran.legacyraft.wire.NamesForm;
import dev.catamaran.legacyraft.wire.PeerForm;
import dev.catamaran.legacyraft.wire.PublishForm;
import dev.catamaran.legacyraft.wire.WireLimits;
import dev.catamaran.registry.decode.Decoded;
import dev.catamaran.server.member.SourceAddress;
import dev.catamaran.server.stack.legacy.LegacyStack;
import dev.catamaran.server.stack.legacy.RaftReply;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The endpoints of the 1.x raft (spec: legacy-raft 1.1) and what our members ask of its leader.
 * Members only: the filter in front of it refuses strangers. Bodies are read whole up to {@link
 * WireLimits#MAX_BODY} and never by their declared encoding.
 */
@RestController
final class LegacyRaftController {

    private static final String BASE = "/nacos/v1/ns/raft";

    /** What 1.3 and 1.4 ask instead of a member that shows them no version (legacy-raft 6.1). */
    private static final String ASKED_OF_UNKNOWNS = "/nacos/v1/ns/operator/cluster/state";

    private static final String INTERNAL = "/catamaran/v1/internal/legacy";
    private static final String STOPPED = "caused: old raft protocol already stop;";

    /** Longest a caller may make this member wait. */
    private static final long MAX_BARRIER_MS = 10_000;

    private final LegacyStack stack;

    LegacyRaftController(LegacyStack stack) {
        this.stack = requireNonNull(stack, "stack is null");
    }

    /** The candidate comes as form body from 1.4 on, as query before; both are parameters. */
    @PostMapping(BASE + "/vote")
    CompletableFuture<ResponseEntity<String>> vote(
            @RequestParam("vote") String vote, HttpServletRequest request) {
        return decoded(
                PeerForm.decode(vote),
                candidate -> from(candidate, request, () -> stack.onVote(candidate)));
    }

    /** A member speaks for itself: what it says it is must fit where it calls from (9.2 S1). */
    private CompletableFuture<RaftReply> from(
            RaftPeer peer,
            HttpServletRequest request,
            Supplier<CompletableFuture<RaftReply>> then) {
        String source = requireNonNull(request.getRemoteAddr(), "source is null");
        // strangers are refused by the raft, as 1.x does it; nobody makes us look up their names
        return !stack.isMember(peer.ip()) || SourceAddress.mayBe(peer.ip(), source)
                ? then.get()
                : CompletableFuture.completedFuture(
                        new RaftReply(
                                403,
                                "caused: " + peer.ip() + " does not call from " + source + ";"));
    }

    @PostMapping(BASE + "/beat")
    CompletableFuture<ResponseEntity<String>> beat(HttpServletRequest request) throws IOException {
        Optional<byte[]> body = body(request);
        if (body.isEmpty()) {
            return now(tooLarge());
        }
        return decoded(
                BeatForm.decode(body.get()),
                beat -> from(beat.peer(), request, () -> stack.onBeat(beat)));
    }

    @PostMapping(BASE + "/datum/commit")
    CompletableFuture<ResponseEntity<String>> commit(HttpServletRequest request)
            throws IOException {
        Optional<byte[]> body = body(request);
        if (body.isEmpty()) {
            return now(tooLarge());
        }
        return decoded(
                CommitForm.decodePut(body.get()),
                commit -> from(commit.source(), request, () -> stack.onCommit(commit)));
    }

    @DeleteMapping(BASE + "/datum/commit")
    CompletableFuture<ResponseEntity<String>> commitDelete(HttpServletRequest request)
            throws IOException {
        Optional<byte[]> body = body(request);
        if (body.isEmpty()) {
            return now(tooLarge());
        }
        return decoded(
                CommitForm.decodeDelete(body.get()),
                commit -> from(commit.source(), request, () -> stack.onCommit(commit)));
    }

    @GetMapping({BASE + "/peer", ASKED_OF_UNKNOWNS})
    ResponseEntity<String> peer() {
        return state(state -> PeerForm.encode(state.peer()));
    }

    @GetMapping(BASE + "/datum")
    ResponseEntity<String> datum(@RequestParam("keys") String keys) {
        Decoded<List<String>> wanted = DatumForm.decodeKeys(keys);
        if (wanted instanceof Decoded.Refused<List<String>> refused) {
            return text(400, "caused: " + refused.refusal() + ";");
        }
        return state(
                state -> {
                    List<Optional<Datum>> datums =
                            wanted.orThrow().stream()
                                    .map(key -> state.held().datums().get(key))
                                    .toList();
                    return DatumForm.encodeList(datums);
                });
    }

    @PostMapping(BASE + "/datum")
    CompletableFuture<ResponseEntity<String>> publish(HttpServletRequest request)
            throws IOException {
        Optional<byte[]> body = body(request);
        if (body.isEmpty()) {
            return now(tooLarge());
        }
        return decoded(
                PublishForm.decode(body.get()),
                publish -> stack.onDatum(publish.key(), Optional.of(publish.value())));
    }

    @DeleteMapping(BASE + "/datum")
    CompletableFuture<ResponseEntity<String>> delete(@RequestParam("key") String key) {
        return decoded(
                DatumForm.decodeKey(key), decoded -> stack.onDatum(decoded, Optional.empty()));
    }

    @GetMapping(BASE + "/state")
    ResponseEntity<String> state() {
        int services = stack.table().serviceCount();
        return state(state -> PeerForm.encodeState(services, state.peers()));
    }

    @GetMapping(BASE + "/leader")
    ResponseEntity<String> leader() {
        return state(state -> PeerForm.encodeLeader(state.leaderPeer()));
    }

    /** Nobody changes files behind a member's back here: what it holds is what it has written. */
    @PutMapping(BASE + "/datum/reload")
    ResponseEntity<String> reload(@RequestParam("key") String key) {
        return text(
                500,
                "caused: "
                        + key
                        + " is not read again while this member runs; stop it, change the file,"
                        + " start it;");
    }

    @GetMapping(BASE + "/listeners")
    ResponseEntity<String> listeners() {
        return json("{\"listeners\":[\"com.alibaba.nacos.naming.domains.meta.\"]}");
    }

    /** What this member has, for a leader that asks its voters; ours read what was deleted, too. */
    @GetMapping("/nacos/v1/ns/service/names")
    ResponseEntity<String> names() {
        return state(state -> NamesForm.encode(state.held().datums(), state.held().tombstones()));
    }

    /** A command of another member; this one should be the leader. */
    @PostMapping(INTERNAL + "/command")
    CompletableFuture<ResponseEntity<String>> command(HttpServletRequest request)
            throws IOException {
        Optional<byte[]> body = body(request);
        if (body.isEmpty()) {
            return now(tooLarge());
        }
        return stack.onCommand(body.get()).thenApply(LegacyRaftController::answer);
    }

    /** The position this member has proved to be committed, as the leader. */
    @PostMapping(INTERNAL + "/barrier")
    CompletableFuture<ResponseEntity<String>> barrier(@RequestParam("timeoutMs") long timeoutMs) {
        long bounded = Math.max(1, Math.min(timeoutMs, MAX_BARRIER_MS));
        return stack.onBarrier(Duration.ofMillis(bounded)).thenApply(LegacyRaftController::answer);
    }

    /** Every datum this member holds, for a leader that unites foreign files. */
    @GetMapping(INTERNAL + "/inventory")
    ResponseEntity<String> inventory() {
        return state(
                state ->
                        DatumForm.encodeList(
                                state.held().datums().values().stream()
                                        .map(Optional::of)
                                        .toList()));
    }

    private ResponseEntity<String> state(Function<MemberState, String> answer) {
        return stack.state()
                .map(state -> json(answer.apply(state)))
                .orElseGet(() -> text(500, STOPPED));
    }

    private static <T> CompletableFuture<ResponseEntity<String>> decoded(
            Decoded<T> decoded, Function<T, CompletableFuture<RaftReply>> then) {
        if (decoded instanceof Decoded.Refused<T> refused) {
            return now(text(400, "caused: " + refused.refusal() + ";"));
        }
        return then.apply(decoded.orThrow()).thenApply(LegacyRaftController::answer);
    }

    private static ResponseEntity<String> answer(RaftReply reply) {
        boolean json = reply.text().startsWith("{");
        return json
                ? ResponseEntity.status(HttpStatusCode.valueOf(reply.status()))
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(reply.text())
                : text(reply.status(), reply.text());
    }

    private static Optional<byte[]> body(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > WireLimits.MAX_BODY) {
            return Optional.empty();
        }
        try (InputStream stream = request.getInputStream()) {
            byte[] all = stream.readNBytes(WireLimits.MAX_BODY + 1);
            return all.length > WireLimits.MAX_BODY ? Optional.empty() : Optional.of(all);
        }
    }

    private static ResponseEntity<String> tooLarge() {
        return text(413, "caused: body is larger than " + WireLimits.MAX_BODY + " bytes;");
    }

    private static CompletableFuture<ResponseEntity<String>> now(ResponseEntity<String> answer) {
        return CompletableFuture.completedFuture(answer);
    }

    private static ResponseEntity<String> json(String body) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
    }

    private static ResponseEntity<String> text(int status, String body) {
        return ResponseEntity.status(HttpStatusCode.valueOf(status))
                .contentType(MediaType.parseMediaType("text/plain;charset=UTF-8"))
                .body(body);
    }
}
