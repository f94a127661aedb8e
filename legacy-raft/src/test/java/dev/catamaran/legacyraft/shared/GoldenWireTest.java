package dev.catamaran.legacyraft.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.legacyraft.core.Beat;
import dev.catamaran.legacyraft.core.CoreSettings;
import dev.catamaran.legacyraft.core.Datum;
import dev.catamaran.legacyraft.core.Effect;
import dev.catamaran.legacyraft.core.Event;
import dev.catamaran.legacyraft.core.Held;
import dev.catamaran.legacyraft.core.Position;
import dev.catamaran.legacyraft.core.RaftPeer;
import dev.catamaran.legacyraft.wire.BeatForm;
import dev.catamaran.legacyraft.wire.CommitForm;
import dev.catamaran.legacyraft.wire.DatumForm;
import dev.catamaran.legacyraft.wire.PeerForm;
import dev.catamaran.legacyraft.wire.PublishForm;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What real servers sent each other, put to members of ours: they answer as the real ones did. */
class GoldenWireTest {

    private static final List<String> LIST =
            List.of("127.0.0.1:8848", "127.0.0.2:8848", "127.0.0.3:8848");
    private static final Pattern HEAD =
            Pattern.compile("===== t=([\\d.]+)s \\S+ -> (\\S+)\\n(\\w+) (\\S+) HTTP");
    private static final Pattern STATUS = Pattern.compile("HTTP/1.1 (\\d+) ");
    private static final Pattern QUERY_KEYS = Pattern.compile("[?&]keys=([^& ]+)");
    private static final Pattern QUERY_VOTE = Pattern.compile("[?&]vote=([^& ]+)");

    /** A call and its answer. */
    private record Exchange(
            double at,
            String to,
            String verb,
            String path,
            String sent,
            int status,
            String answer) {

        /** What led to another role, and what came after the switch of 1.4, was not recorded. */
        boolean isOfAFollower() {
            return status == 200 && !answer.contains("CANDIDATE") && !answer.contains("\"LEADER");
        }

        String vote() {
            Matcher query = QUERY_VOTE.matcher(path);
            String text = query.find() ? query.group(1) : sent.replaceFirst("^vote=", "");
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        }

        byte[] body() {
            if (sent.startsWith("[gzip")) {
                return Base64.getDecoder().decode(sent.lines().toList().get(1));
            }
            return sent.lines()
                    .findFirst()
                    .orElse("")
                    .replaceFirst("^\\[as sent, \\d+ bytes] ", "")
                    .getBytes(StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.4", "1.3.2", "1.4.2"})
    void votesBeatsAndCommitsAreAnsweredAsRealServersAnswerThem(String version) throws IOException {
        Map<String, SharedState> members = new HashMap<>();
        int compared = 0;
        for (Exchange exchange : exchanges(version)) {
            if (!exchange.isOfAFollower() || exchange.path().contains("/raft/datum?")) {
                continue;
            }
            if (exchange.path().endsWith("/raft/datum")) {
                PublishForm.decode(exchange.body()).orThrow();
                continue;
            }
            SharedState member = members.computeIfAbsent(exchange.to(), GoldenWireTest::started);
            Event event = event(exchange);
            if (event instanceof Event.CommitArrived commit) {
                member = following(member, commit.source());
            }
            SharedRaft.Step step = SharedRaft.step(member, event);
            members.put(exchange.to(), step.state());
            compare(exchange, step.effects());
            compared++;
        }
        assertThat(compared).isGreaterThan(2);
    }

    private static SharedState started(String self) {
        return SharedRaft.start(
                SharedSettings.of(CoreSettings.of(self, LIST)), Held.EMPTY, self.hashCode());
    }

    /** The beats before a commit were not all recorded. */
    private static SharedState following(SharedState member, RaftPeer leader) {
        if (member.leader().equals(Optional.of(leader.ip()))) {
            return member;
        }
        List<Beat.Item> items = new ArrayList<>();
        member.held()
                .datums()
                .forEach(
                        (key, datum) ->
                                items.add(new Beat.Item(key, datum.timestamp(), Position.NONE)));
        Event beat = new Event.BeatArrived(9, new Beat(leader, items));
        return SharedRaft.step(member, beat).state();
    }

    private static Event event(Exchange exchange) {
        if (exchange.path().contains("/raft/vote")) {
            return new Event.VoteAsked(1, PeerForm.decode(exchange.vote()).orThrow());
        }
        if (exchange.path().endsWith("/raft/beat")) {
            Beat beat = BeatForm.decode(exchange.body()).orThrow();
            return new Event.BeatArrived(1, beat);
        }
        CommitForm.Commit commit =
                (exchange.verb().equals("POST")
                                ? CommitForm.decodePut(exchange.body())
                                : CommitForm.decodeDelete(exchange.body()))
                        .orThrow();
        return new Event.CommitArrived(1, commit.source(), commit.change());
    }

    private static void compare(Exchange exchange, List<Effect> effects) {
        if (exchange.answer().startsWith("{")) {
            RaftPeer real = PeerForm.decode(exchange.answer()).orThrow();
            RaftPeer ours =
                    effects.stream()
                            .filter(effect -> effect instanceof Effect.ReplyPeer)
                            .map(effect -> ((Effect.ReplyPeer) effect).peer())
                            .findFirst()
                            .orElseThrow();
            // as it travels, and without the two waits, which are random
            RaftPeer travelled = PeerForm.decode(PeerForm.encode(ours)).orThrow();
            assertThat(travelled.ip()).isEqualTo(real.ip());
            assertThat(travelled.state()).as("%s", exchange).isEqualTo(real.state());
            if (exchange.path().contains("/raft/vote")) {
                assertThat(travelled.voteFor()).as("%s", exchange).isEqualTo(real.voteFor());
                assertThat(travelled.term()).as("%s", exchange).isEqualTo(real.term());
            }
        } else {
            assertThat(effects)
                    .contains(new Effect.ReplyText(1, exchange.status(), exchange.answer()));
        }
    }

    /**
     * The record keeps the first 4,000 bytes of the answer: some datums are whole, the rest cut.
     */
    @Test
    void fetchedDatumsAreReadAndAnsweredByteForByte() throws IOException {
        List<Exchange> fetches =
                exchanges("1.3.2").stream()
                        .filter(exchange -> exchange.path().contains("/raft/datum?"))
                        .toList();
        assertThat(fetches).isNotEmpty();
        for (Exchange fetch : fetches) {
            Matcher query = QUERY_KEYS.matcher(fetch.path());
            assertThat(query.find()).isTrue();
            String once = URLDecoder.decode(query.group(1), StandardCharsets.UTF_8);
            List<String> keys = DatumForm.decodeKeys(once).orThrow();
            String sent = fetch.answer();
            String whole = sent.substring(0, sent.lastIndexOf("},{\"key\":")) + "}]";

            List<Datum> datums =
                    DatumForm.decodeList(whole.getBytes(StandardCharsets.UTF_8)).orThrow();

            assertThat(datums).hasSizeGreaterThan(2);
            assertThat(datums.stream().map(Datum::key))
                    .containsExactlyElementsOf(keys.subList(0, datums.size()));
            assertThat(DatumForm.encodeList(datums.stream().map(Optional::of).toList()))
                    .isEqualTo(whole);
        }
    }

    private static List<Exchange> exchanges(String version) throws IOException {
        List<Exchange> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/golden", version))) {
            for (Path file : files.sorted().toList()) {
                // one beat holds bytes that are no text
                String text =
                        new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                                .replace("\r", "");
                for (String block : text.split("\n(?====== t=)", -1)) {
                    all.add(exchange(block));
                }
            }
        }
        all.sort(Comparator.comparingDouble(Exchange::at));
        return all;
    }

    private static Exchange exchange(String block) {
        Matcher head = HEAD.matcher(block);
        assertThat(head.find()).as(block).isTrue();
        int split = block.indexOf("----- response");
        String request = block.substring(0, split);
        String response = block.substring(split);
        Matcher status = STATUS.matcher(response);
        int code = status.find() ? Integer.parseInt(status.group(1)) : 0;
        String sent = request.substring(request.indexOf("\n\n") + 2).strip();
        String answer = response.substring(response.indexOf("\n\n") + 2).strip();
        return new Exchange(
                Double.parseDouble(head.group(1)),
                head.group(2),
                head.group(3),
                head.group(4).replaceFirst("&nofix=1$", ""),
                sent,
                code,
                answer.startsWith("[as sent")
                        ? answer.lines().findFirst().orElse("").replaceFirst("^\\[[^]]*] ", "")
                        : answer);
    }
}
