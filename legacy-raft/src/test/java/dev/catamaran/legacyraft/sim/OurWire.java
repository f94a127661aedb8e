package dev.catamaran.legacyraft.sim;

import dev.catamaran.legacyraft.core.Change;
import dev.catamaran.legacyraft.core.Datum;
import dev.catamaran.legacyraft.core.Effect;
import dev.catamaran.legacyraft.core.Event;
import dev.catamaran.legacyraft.core.Held;
import dev.catamaran.legacyraft.core.Position;
import dev.catamaran.legacyraft.core.RaftPeer;
import dev.catamaran.legacyraft.wire.BeatForm;
import dev.catamaran.legacyraft.wire.CommitForm;
import dev.catamaran.legacyraft.wire.DatumForm;
import dev.catamaran.legacyraft.wire.NamesForm;
import dev.catamaran.legacyraft.wire.PeerForm;
import dev.catamaran.legacyraft.wire.PublishForm;
import dev.catamaran.legacyraft.wire.RefusalText;
import dev.catamaran.registry.decode.Decoded;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** The messages of a member of ours: to its like as they are, to real members through the wire. */
final class OurWire {

    private final OurMember self;
    private final Fleet fleet;

    OurWire(OurMember self, Fleet fleet) {
        this.self = self;
        this.fleet = fleet;
    }

    /** Takes what a real member sent. */
    void receive(Request.Wire call, Consumer<Response> answer) {
        switch (call.route()) {
            case VOTE ->
                    put(
                            PeerForm.decode(text(call.body())),
                            peer -> id -> new Event.VoteAsked(id, peer),
                            answer);
            case BEAT ->
                    put(
                            BeatForm.decode(call.body()),
                            beat -> id -> new Event.BeatArrived(id, beat),
                            answer);
            case COMMIT -> commit(CommitForm.decodePut(call.body()), answer);
            case DELETE_COMMIT -> commit(CommitForm.decodeDelete(call.body()), answer);
            case DATUM -> answer.accept(datums(call.body()));
            case PEER -> answer.accept(Response.Wire.of(200, PeerForm.encode(self.state().peer())));
            case PUBLISH -> publish(call.body(), answer);
            case DELETE -> {
                Decoded<String> key = DatumForm.decodeKey(text(call.body()));
                if (key.value().isPresent()) {
                    fleet.want(self, key.orThrow(), Optional.empty(), answer);
                } else {
                    answer.accept(Response.Wire.of(400, "caused: " + key + ";"));
                }
            }
            case NAMES -> {
                Held held = self.state().held();
                answer.accept(
                        Response.Wire.of(200, NamesForm.encode(held.datums(), held.tombstones())));
            }
        }
    }

    private void publish(byte[] body, Consumer<Response> answer) {
        Decoded<PublishForm.Publish> wish = PublishForm.decode(body);
        if (wish.value().isPresent()) {
            PublishForm.Publish asked = wish.orThrow();
            fleet.want(self, asked.key(), Optional.of(asked.value()), answer);
        } else {
            answer.accept(Response.Wire.of(400, "caused: " + wish + ";"));
        }
    }

    private void commit(Decoded<CommitForm.Commit> decoded, Consumer<Response> answer) {
        put(
                decoded,
                commit -> id -> new Event.CommitArrived(id, commit.source(), commit.change()),
                answer);
    }

    private interface Asking<T> {
        LongFunction<Event> of(T decoded);
    }

    private <T> void put(Decoded<T> decoded, Asking<T> asking, Consumer<Response> answer) {
        if (decoded.value().isEmpty()) {
            answer.accept(Response.Wire.of(400, "caused: " + decoded + ";"));
            return;
        }
        self.ask(
                new Request.Ours(asking.of(decoded.orThrow())),
                reply -> answer.accept(onWire(reply)));
    }

    private static Response onWire(Response reply) {
        if (reply instanceof Response.Ours ours) {
            if (ours.effect() instanceof Effect.ReplyPeer peer) {
                return Response.Wire.of(peer.accepted() ? 200 : 400, PeerForm.encode(peer.peer()));
            }
            Effect.ReplyText told = (Effect.ReplyText) ours.effect();
            return Response.Wire.of(told.status(), told.text());
        }
        return reply;
    }

    private Response datums(byte[] parameter) {
        Decoded<List<String>> keys = DatumForm.decodeKeys(text(parameter));
        if (keys.value().isEmpty()) {
            return Response.Wire.of(400, "caused: " + keys + ";");
        }
        return Response.Wire.of(
                200,
                DatumForm.encodeList(
                        keys.orThrow().stream().map(key -> datum(self, key)).toList()));
    }

    /** Sends what there is to send; other effects are for the shell's eyes only. */
    void perform(Effect effect) {
        if (effect instanceof Effect.SendVote vote) {
            send(
                    vote.member(),
                    id -> new Event.VoteAsked(id, vote.candidate()),
                    () -> wire(Request.Route.VOTE, PeerForm.encode(vote.candidate())),
                    answer ->
                            peer(answer).map(peer -> new Event.VoteAnswered(vote.member(), peer)));
        } else if (effect instanceof Effect.SendBeat beat) {
            Event failed = new Event.BeatFailed(beat.member(), beat.round());
            send(
                    beat.member(),
                    id -> new Event.BeatArrived(id, beat.beat()),
                    () -> new Request.Wire(Request.Route.BEAT, BeatForm.encode(beat.beat())),
                    answer ->
                            peer(answer)
                                    .<Event>map(
                                            peer ->
                                                    new Event.BeatAnswered(
                                                            beat.member(), beat.round(), peer))
                                    .or(() -> refused(beat.member(), answer))
                                    .or(() -> Optional.of(failed)));
        } else if (effect instanceof Effect.SendCommit commit) {
            sendCommit(commit);
        } else if (effect instanceof Effect.Fetch fetch) {
            fetch(fetch);
        } else if (effect instanceof Effect.FetchInventory inventory) {
            inventory(inventory);
        } else if (effect instanceof Effect.AskServices ask) {
            fleet.call(
                    self,
                    ask.member(),
                    wire(Request.Route.NAMES, ""),
                    answer -> told(ask.member(), answer));
        }
    }

    private void told(String member, Optional<Response> answer) {
        if (answer.isPresent() && answer.get() instanceof Response.Wire wire) {
            NamesForm.decode(wire.body())
                    .value()
                    .ifPresent(
                            names ->
                                    self.step(
                                            new Event.ServicesTold(
                                                    member, names.services(), names.deleted())));
        }
    }

    private static Optional<Event> refused(String member, Optional<Response> answer) {
        OptionalLong term = OptionalLong.empty();
        if (answer.isPresent() && answer.get() instanceof Response.Wire wire) {
            term = RefusalText.beatToTerm(wire.text());
        } else if (answer.isPresent()
                && answer.get() instanceof Response.Ours ours
                && ours.effect() instanceof Effect.ReplyText text) {
            term = RefusalText.beatToTerm(text.text());
        }
        return term.isPresent()
                ? Optional.of(new Event.BeatRefused(member, term.getAsLong()))
                : Optional.empty();
    }

    private void sendCommit(Effect.SendCommit commit) {
        Position position = commit.change().position();
        boolean put = commit.change() instanceof Change.Put;
        send(
                commit.member(),
                id -> new Event.CommitArrived(id, commit.source(), commit.change()),
                () ->
                        new Request.Wire(
                                put ? Request.Route.COMMIT : Request.Route.DELETE_COMMIT,
                                CommitForm.encode(commit.source(), commit.change())),
                answer ->
                        Optional.of(
                                status(answer)
                                        .<Event>map(
                                                status ->
                                                        new Event.CommitAnswered(
                                                                commit.member(),
                                                                position,
                                                                status == 200))
                                        .orElseGet(
                                                () ->
                                                        new Event.CommitFailed(
                                                                commit.member(), position))));
    }

    private void fetch(Effect.Fetch fetch) {
        Event failed = new Event.FetchFailed(fetch.fetchId());
        if (fleet.member(fetch.member()) instanceof OurMember other) {
            fleet.read(
                    self,
                    other,
                    () ->
                            new Event.Fetched(
                                    fetch.fetchId(),
                                    fetch.keys().stream()
                                            .flatMap(key -> datum(other, key).stream())
                                            .toList()),
                    failed);
            return;
        }
        // what is left of the query after the web server has decoded it
        String query = DatumForm.encodeKeys(fetch.keys()).substring("keys=".length());
        String parameter = URLDecoder.decode(query, StandardCharsets.UTF_8);
        fleet.call(
                self,
                fetch.member(),
                wire(Request.Route.DATUM, parameter),
                answer ->
                        self.step(
                                datums(answer)
                                        .<Event>map(
                                                datums ->
                                                        new Event.Fetched(fetch.fetchId(), datums))
                                        .orElse(failed)));
    }

    private static Optional<Datum> datum(OurMember member, String key) {
        return member.state().held().datums().get(key);
    }

    private void inventory(Effect.FetchInventory wanted) {
        Event failed = new Event.InventoryFailed(wanted.member(), wanted.ballot());
        if (!(fleet.member(wanted.member()) instanceof OurMember other)) {
            fleet.agenda().after(1, fleet.inLife(self, () -> self.step(failed)));
            return;
        }
        fleet.read(
                self,
                other,
                () ->
                        new Event.InventoryArrived(
                                wanted.member(),
                                wanted.ballot(),
                                other.state().held().datums().values()),
                failed);
    }

    private interface Body {
        Request.Wire make();
    }

    private interface Answering {
        Optional<? extends Event> event(Optional<Response> answer);
    }

    private void send(String to, LongFunction<Event> ours, Body body, Answering answering) {
        Request request =
                fleet.member(to) instanceof OurMember ? new Request.Ours(ours) : body.make();
        fleet.call(
                self,
                to,
                request,
                answer -> {
                    Optional<? extends Event> event = answering.event(answer);
                    if (event.isPresent()) {
                        self.step(event.get());
                    }
                });
    }

    private static Request.Wire wire(Request.Route route, String body) {
        return new Request.Wire(route, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    private static Optional<RaftPeer> peer(Optional<Response> answer) {
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        if (answer.get() instanceof Response.Ours ours) {
            return ours.effect() instanceof Effect.ReplyPeer peer
                    ? Optional.of(peer.peer())
                    : Optional.empty();
        }
        Response.Wire wire = (Response.Wire) answer.get();
        return wire.status() == 200 ? PeerForm.decode(wire.text()).value() : Optional.empty();
    }

    private static Optional<Integer> status(Optional<Response> answer) {
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        if (answer.get() instanceof Response.Ours ours) {
            return ours.effect() instanceof Effect.ReplyText text
                    ? Optional.of(text.status())
                    : Optional.empty();
        }
        return Optional.of(((Response.Wire) answer.get()).status());
    }

    private static Optional<List<Datum>> datums(Optional<Response> answer) {
        return answer.isPresent()
                        && answer.get() instanceof Response.Wire wire
                        && wire.status() == 200
                ? DatumForm.decodeList(wire.body()).value()
                : Optional.empty();
    }
}
