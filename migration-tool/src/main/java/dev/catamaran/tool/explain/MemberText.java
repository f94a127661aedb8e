package dev.catamaran.tool.explain;

import dev.catamaran.tool.explain.NodeEvent.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Members as real servers print them: {@code Member{ip='10.0.0.3', port=8848, state=DOWN,
 * extendInfo={raftPort=7848, version=2.0.3}}}.
 */
final class MemberText {

    /** More than any cluster has; a list longer than this is cut. */
    private static final int MAX_MEMBERS = 1_000;

    private static final Pattern HEAD =
            Pattern.compile("Member\\{ip='([^']{1,255})', port=(\\d{1,5}), state=([A-Z_]{1,20})");

    private static final Pattern VERSION = Pattern.compile("[{ ]version=([^,}\\]]{1,40})");
    private static final Pattern READY = Pattern.compile("[{ ]readyToUpgrade=(true|false)\\b");

    /**
     * A server prints the raft metadata of others as they came, as a map, and its own as the
     * object's name: that is how a line tells whose log it stands in.
     */
    private static final String OWN_METADATA = "ProtocolMetaData@";

    private MemberText() {}

    static List<Member> members(String text) {
        List<Member> members = new ArrayList<>();
        Matcher head = HEAD.matcher(text);
        int start = -1;
        Member open = null;
        while (members.size() < MAX_MEMBERS && head.find()) {
            if (open != null) {
                members.add(filled(open, text.substring(start, head.start())));
            }
            start = head.end();
            open =
                    new Member(
                            head.group(1) + ":" + head.group(2),
                            head.group(3),
                            Optional.empty(),
                            Optional.empty(),
                            false);
        }
        if (open != null && members.size() < MAX_MEMBERS) {
            members.add(filled(open, text.substring(start)));
        }
        return members;
    }

    private static Member filled(Member member, String rest) {
        return new Member(
                member.address(),
                member.state(),
                first(VERSION, rest),
                first(READY, rest).map(Boolean::valueOf),
                rest.contains(OWN_METADATA));
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }
}
