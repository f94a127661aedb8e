package dev.catamaran.server.stack.legacy;

import dev.catamaran.legacyraft.core.Beat;
import dev.catamaran.legacyraft.core.Change;
import dev.catamaran.legacyraft.core.Datum;
import dev.catamaran.legacyraft.core.Effect;
import dev.catamaran.legacyraft.core.Event;
import dev.catamaran.legacyraft.core.RaftPeer;
import dev.catamaran.legacyraft.wire.BeatForm;
import dev.catamaran.legacyraft.wire.CommitForm;
import dev.catamaran.legacyraft.wire.DatumForm;
import dev.catamaran.legacyraft.wire.NamesForm;
import dev.catamaran.legacyraft.wire.PeerForm;
import dev.catamaran.legacyraft.wire.RefusalText;
import dev.catamaran.server.member.MemberClient;
import dev.catamaran.server.member.MemberClient.MemberResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes 1.x calls of the core's messages, and events of their answers. */
final class RaftCalls {

    static final String BASE = "/nacos/v1/ns/raft";

    /** What real servers have, too, by which a leader learns what its voters hold. */
    static final String NAMES = "/nacos/v1/ns/service/names";

    static final String INVENTORY = "/catamaran/v1/internal/legacy/inventory";
    private static final String JSON = "application/json;charset=UTF-8";
    private static final String FORM = "application/x-www-form-urlencoded;charset=UTF-8";

    /** As 1.x: commits 5 s, all else 10 s. */
    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(5);

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final byte[] NO_BODY = {};

    private final MemberClient client;
    private final Consumer<Event> events;

    /** The last beat and its body: it goes to all members alike. Loop thread only. */
    private @Nullable Beat lastBeat;

    private byte[] lastBody = NO_BODY;

    RaftCalls(MemberClient client, Consumer<Event> events) {
        this.client = client;
        this.events = events;
    }

    /** Sends what there is to send; false if the effect is no message. */
    boolean send(Effect effect) {
        if (effect instanceof Effect.SendVote vote) {
            vote(vote);
        } else if (effect instanceof Effect.SendBeat beat) {
            beat(beat);
        } else if (effect instanceof Effect.SendCommit commit) {
            commit(commit);
        } else if (effect instanceof Effect.Fetch fetch) {
            fetch(fetch);
        } else if (effect instanceof Effect.FetchInventory inventory) {
            inventory(inventory);
        } else if (effect instanceof Effect.AskServices ask) {
            services(ask);
        } else {
            return false;
        }
        return true;
    }

    private void vote(Effect.SendVote vote) {
        String candidate = PeerForm.encode(vote.candidate());
        String form = "vote=" + URLEncoder.encode(candidate, StandardCharsets.UTF_8);
        byte[] body = form.getBytes(StandardCharsets.UTF_8);
        call("POST", vote.member(), BASE + "/vote", FORM, body, TIMEOUT)
                .whenComplete(
                        (answer, failure) ->
                                peer(answer)
                                        .ifPresent(
                                                peer ->
                                                        events.accept(
                                                                new Event.VoteAnswered(
                                                                        vote.member(), peer))));
    }

    private void beat(Effect.SendBeat beat) {
        if (lastBeat == null || !lastBeat.equals(beat.beat())) {
            lastBeat = beat.beat();
            lastBody = BeatForm.encode(beat.beat());
        }
        call("POST", beat.member(), BASE + "/beat", JSON, lastBody, TIMEOUT)
                .whenComplete(
                        (answer, failure) ->
                                events.accept(
                                        peer(answer)
                                                .<Event>map(
                                                        peer ->
                                                                new Event.BeatAnswered(
                                                                        beat.member(),
                                                                        beat.round(),
                                                                        peer))
                                                .or(() -> refused(beat.member(), answer))
                                                .orElseGet(
                                                        () ->
                                                                new Event.BeatFailed(
                                                                        beat.member(),
                                                                        beat.round()))));
    }

    private void commit(Effect.SendCommit commit) {
        boolean put = commit.change() instanceof Change.Put;
        byte[] body = CommitForm.encode(commit.source(), commit.change());
        call(
                        put ? "POST" : "DELETE",
                        commit.member(),
                        BASE + "/datum/commit",
                        JSON,
                        body,
                        COMMIT_TIMEOUT)
                .whenComplete(
                        (answer, failure) ->
                                events.accept(
                                        answer == null
                                                ? new Event.CommitFailed(
                                                        commit.member(), commit.change().position())
                                                : new Event.CommitAnswered(
                                                        commit.member(),
                                                        commit.change().position(),
                                                        answer.status() == 200)));
    }

    private void fetch(Effect.Fetch fetch) {
        String path = BASE + "/datum?" + DatumForm.encodeKeys(fetch.keys());
        call("GET", fetch.member(), path, JSON, NO_BODY, TIMEOUT)
                .whenComplete(
                        (answer, failure) ->
                                events.accept(
                                        datums(answer)
                                                .<Event>map(
                                                        datums ->
                                                                new Event.Fetched(
                                                                        fetch.fetchId(), datums))
                                                .orElseGet(
                                                        () ->
                                                                new Event.FetchFailed(
                                                                        fetch.fetchId()))));
    }

    private void inventory(Effect.FetchInventory wanted) {
        call("GET", wanted.member(), INVENTORY, JSON, NO_BODY, TIMEOUT)
                .whenComplete(
                        (answer, failure) ->
                                events.accept(
                                        datums(answer)
                                                .<Event>map(
                                                        datums ->
                                                                new Event.InventoryArrived(
                                                                        wanted.member(),
                                                                        wanted.ballot(),
                                                                        datums))
                                                .orElseGet(
                                                        () ->
                                                                new Event.InventoryFailed(
                                                                        wanted.member(),
                                                                        wanted.ballot()))));
    }

    /** No answer is no event: who asked asks again. */
    private void services(Effect.AskServices ask) {
        call("GET", ask.member(), NAMES, JSON, NO_BODY, TIMEOUT)
                .thenAccept(
                        answer -> {
                            if (answer.status() == 200) {
                                NamesForm.decode(answer.body())
                                        .value()
                                        .ifPresent(names -> told(ask.member(), names));
                            }
                        });
    }

    private void told(String member, NamesForm.Names names) {
        events.accept(new Event.ServicesTold(member, names.services(), names.deleted()));
    }

    private CompletableFuture<MemberResponse> call(
            String method, String member, String path, String type, byte[] body, Duration wait) {
        try {
            return client.send(method, member, path, type, body, wait);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** A refusal with a peer as its body still tells what the other side has pledged. */
    private static Optional<RaftPeer> peer(@Nullable MemberResponse answer) {
        if (answer == null || (answer.status() != 200 && answer.status() != 400)) {
            return Optional.empty();
        }
        return PeerForm.decode(answer.text()).value();
    }

    /** A real server that has campaigned is in a higher term, and says so. */
    private static Optional<Event> refused(String member, @Nullable MemberResponse answer) {
        OptionalLong term =
                answer == null || answer.status() != 400
                        ? OptionalLong.empty()
                        : RefusalText.beatToTerm(answer.text());
        return term.isPresent()
                ? Optional.of(new Event.BeatRefused(member, term.getAsLong()))
                : Optional.empty();
    }

    private static Optional<List<Datum>> datums(@Nullable MemberResponse answer) {
        return answer == null || answer.status() != 200
                ? Optional.empty()
                : DatumForm.decodeList(answer.body()).value();
    }
}
