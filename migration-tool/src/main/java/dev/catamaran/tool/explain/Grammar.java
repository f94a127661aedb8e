package dev.catamaran.tool.explain;

import dev.catamaran.tool.explain.NodeEvent.Booted;
import dev.catamaran.tool.explain.NodeEvent.DoubleWriteClosed;
import dev.catamaran.tool.explain.NodeEvent.GroupLeader;
import dev.catamaran.tool.explain.NodeEvent.HealthyListChanged;
import dev.catamaran.tool.explain.NodeEvent.JoinFailed;
import dev.catamaran.tool.explain.NodeEvent.LegacyLeader;
import dev.catamaran.tool.explain.NodeEvent.LegacyLoaded;
import dev.catamaran.tool.explain.NodeEvent.LegacyNoLeader;
import dev.catamaran.tool.explain.NodeEvent.LegacyStopped;
import dev.catamaran.tool.explain.NodeEvent.LegacyVote;
import dev.catamaran.tool.explain.NodeEvent.MembersChanged;
import dev.catamaran.tool.explain.NodeEvent.NotInConfiguration;
import dev.catamaran.tool.explain.NodeEvent.ReadRefused;
import dev.catamaran.tool.explain.NodeEvent.RedirectRefused;
import dev.catamaran.tool.explain.NodeEvent.StartFailed;
import dev.catamaran.tool.explain.NodeEvent.StoreFailed;
import dev.catamaran.tool.explain.NodeEvent.UpgradeChecked;
import dev.catamaran.tool.explain.NodeEvent.WentDown;
import dev.catamaran.tool.explain.NodeEvent.WentUp;
import dev.catamaran.tool.explain.NodeEvent.WriteRefused;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the lines of {@code naming-server.log}, {@code naming-raft.log}, {@code protocol-raft.log}
 * and {@code alipay-jraft.log} say, versions 1.1 to 2.5. Each form was seen in the log of a real
 * server. The same line may stand in any of the files.
 */
final class Grammar {

    private static final int MAX_TEXT = 300;

    /** Lines that are told by their whole beginning; the common ones. */
    private static final Map<String, NodeEvent> FIXED = fixed();

    /** Lines with something in them; tried in order. */
    private static final Map<Pattern, Function<MatchResult, NodeEvent>> FORMS = forms();

    private static final String MEMBERS_CHANGED = "member change, event: MembersChangeEvent{";

    private Grammar() {}

    static Optional<NodeEvent> read(LogLine line) {
        String message = line.message();
        if (message.startsWith(MEMBERS_CHANGED)) {
            return Optional.of(membersChanged(message));
        }
        for (Map.Entry<String, NodeEvent> fixed : FIXED.entrySet()) {
            if (message.startsWith(fixed.getKey())) {
                return Optional.of(fixed.getValue());
            }
        }
        String head = message.length() > 4_000 ? message.substring(0, 4_000) : message;
        for (Map.Entry<Pattern, Function<MatchResult, NodeEvent>> form : FORMS.entrySet()) {
            Matcher found = form.getKey().matcher(head);
            if (found.find()) {
                return Optional.of(form.getValue().apply(found.toMatchResult()))
                        .filter(Grammar::isNews);
            }
        }
        return Optional.empty();
    }

    /** A server prints its list of alive members on every member event, changed or not. */
    private static boolean isNews(NodeEvent event) {
        return !(event instanceof HealthyListChanged list)
                || !Set.copyOf(list.before()).equals(Set.copyOf(list.after()));
    }

    private static Map<String, NodeEvent> fixed() {
        Map<String, NodeEvent> lines = new LinkedHashMap<>();
        lines.put("upgrade check result false", new UpgradeChecked(false));
        lines.put("upgrade check result true", new UpgradeChecked(true));
        lines.put("Upgrade to 2.0.X", new WentUp());
        lines.put("Downgrade to 1.X", new WentDown());
        lines.put("upgrade.state file is not exist", new Booted(true));
        lines.put("Check whether close double write", new Booted(false));
        lines.put("Disable Double write, stop and clean", new DoubleWriteClosed());
        lines.put("Check double write closed", new DoubleWriteClosed());
        lines.put("[IS LEADER] no leader is available now", new LegacyNoLeader());
        lines.put("Raft put failed", new WriteRefused());
        lines.put("start to close old raft protocol", new LegacyStopped());
        lines.put("Failed to join the cluster, retry", new JoinFailed());
        return lines;
    }

    private static Map<Pattern, Function<MatchResult, NodeEvent>> forms() {
        Map<Pattern, Function<MatchResult, NodeEvent>> forms = new LinkedHashMap<>();
        forms.put(
                Pattern.compile(
                        "^\\[NACOS-DISTRO] healthy server list changed,"
                                + " old: \\[([^\\]]*)], new: \\[([^\\]]*)]"),
                m -> new HealthyListChanged(list(m.group(1)), list(m.group(2))));
        forms.put(
                Pattern.compile("^vote (\\S+) as leader, term: (\\d{1,18})"),
                m -> new LegacyVote(m.group(1), Long.parseLong(m.group(2))));
        forms.put(
                Pattern.compile(
                        "^(\\S+) has become the LEADER(?:.*leader: \\{.*?\"term\":(\\d{1,18}))?"),
                m ->
                        new LegacyLeader(
                                m.group(1), Optional.ofNullable(m.group(2)).map(Long::valueOf)));
        forms.put(
                Pattern.compile(
                        "^cache loaded, datum count: (\\d{1,18}), current term: (\\d{1,18})"),
                m -> new LegacyLoaded(Long.parseLong(m.group(1)), Long.parseLong(m.group(2))));
        forms.put(
                Pattern.compile("^Raft group (\\S+) has leader (\\S+)"),
                m -> new GroupLeader(m.group(1), leader(m.group(2)), Optional.empty()));
        forms.put(
                Pattern.compile(
                        "RaftEvent\\{groupId='([^']+)', leader='?([^',]+)'?,"
                                + " term=(\\d{1,18}|null)"),
                m ->
                        new GroupLeader(
                                m.group(1),
                                leader(m.group(2)),
                                "null".equals(m.group(3))
                                        ? Optional.empty()
                                        : Optional.of(Long.valueOf(m.group(3)))));
        forms.put(
                Pattern.compile(
                        "Node <([^/>]+)/([^>]+)> can't do preVote as it is not in conf"
                                + " .*?conf=([^\\s]*?), oldConf="),
                m -> new NotInConfiguration(m.group(1), m.group(2), list(m.group(3))));
        forms.put(
                Pattern.compile("receive invalid redirect request from peer (\\S+)"),
                m -> new RedirectRefused(m.group(1)));
        forms.put(
                Pattern.compile("^ReadIndex has error : (.*)"),
                m -> new ReadRefused(cut(m.group(1))));
        forms.put(
                Pattern.compile("^(Fail to init RocksDBLogStorage.*)"),
                m -> new StoreFailed(cut(m.group(1))));
        forms.put(
                Pattern.compile("(StateMachine \\S+ onSnapshotLoad failed.*)"),
                m -> new StoreFailed(cut(m.group(1))));
        forms.put(
                Pattern.compile("^(Node <[^>]+> got error: .*)"),
                m -> new StoreFailed(cut(m.group(1))));
        forms.put(
                Pattern.compile("(Nacos failed to start.*)"),
                m -> new StartFailed(cut(m.group(1))));
        return forms;
    }

    private static MembersChanged membersChanged(String message) {
        int triggers = message.lastIndexOf("triggers=[");
        if (triggers < 0) {
            return new MembersChanged(MemberText.members(message), List.of());
        }
        return new MembersChanged(
                MemberText.members(message.substring(0, triggers)),
                MemberText.members(message.substring(triggers)));
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .limit(1_000)
                .toList();
    }

    private static Optional<String> leader(String text) {
        return "null".equals(text) || text.isBlank() ? Optional.empty() : Optional.of(text);
    }

    private static String cut(String text) {
        String line = text.lines().findFirst().orElse("").strip();
        return line.length() > MAX_TEXT ? line.substring(0, MAX_TEXT) + "…" : line;
    }
}
