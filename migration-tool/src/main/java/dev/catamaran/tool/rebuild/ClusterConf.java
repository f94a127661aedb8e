package dev.catamaran.tool.rebuild;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The text of {@code conf/cluster.conf}: one member a line, with or without a port, perhaps with
 * settings behind a question mark and a comment behind a hash sign.
 */
public final class ClusterConf {

    private ClusterConf() {}

    /** The members that a text lists. */
    public static SortedSet<Member> members(String text) {
        SortedSet<Member> members = new TreeSet<>();
        text.lines().forEach(line -> member(address(line)).ifPresent(at -> members.add(at)));
        return members;
    }

    /**
     * The text under the new names. Comments, settings and addresses the map does not know stay.
     *
     * @param only with a change of voters, exactly these members are left, new ones are appended
     */
    public static String renamed(String text, AddressMap map, Optional<SortedSet<Member>> only) {
        List<String> lines = new ArrayList<>();
        SortedSet<Member> missing = new TreeSet<>(only.orElseGet(TreeSet::new));
        for (String line : text.split("\n", -1)) {
            String old = address(line);
            Optional<Member> image = member(old).map(it -> map.image(it).orElse(it));
            if (image.isEmpty()) {
                lines.add(line);
            } else if (only.isEmpty() || missing.remove(image.get())) {
                lines.add(replaced(line, old, image.get()));
            }
        }
        boolean ended = !lines.isEmpty() && lines.get(lines.size() - 1).isEmpty();
        int end = ended ? lines.size() - 1 : lines.size();
        lines.addAll(end, missing.stream().map(Member::toString).toList());
        return String.join("\n", lines);
    }

    private static String replaced(String line, String old, Member image) {
        if (member(old).equals(Optional.of(image))) {
            return line;
        }
        boolean bare = !old.matches(".*:\\d+") && image.port() == Member.DEFAULT_PORT;
        int at = line.indexOf(old);
        return line.substring(0, at)
                + (bare ? image.host() : image.toString())
                + line.substring(at + old.length());
    }

    private static Optional<Member> member(String address) {
        return address.isEmpty() ? Optional.empty() : Member.parse(address);
    }

    private static String address(String line) {
        String text = line;
        for (char end : new char[] {'#', '?'}) {
            int at = text.indexOf(end);
            text = at < 0 ? text : text.substring(0, at);
        }
        return text.strip();
    }
}
