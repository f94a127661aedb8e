package dev.catamaran.tool.rebuild.disk;

import static java.util.Objects.requireNonNull;

import dev.catamaran.tool.home.HomeLayout;
import dev.catamaran.tool.home.HomeLocks;
import dev.catamaran.tool.jraftdisk.StoreFacts;
import dev.catamaran.tool.rebuild.ClusterConf;
import dev.catamaran.tool.rebuild.Finding;
import dev.catamaran.tool.rebuild.HomeFacts;
import dev.catamaran.tool.rebuild.Member;
import dev.catamaran.tool.rebuild.OwnFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Looks through a home before it is rebuilt, changing nothing. */
public final class Survey {

    /** A list of members or a marker is no larger. */
    private static final long LARGEST_TEXT = 1 << 20;

    private static final String AS_ITS_USER = "Run this as the user of the server, or as root.";

    private final GroupWork work;
    private final List<Finding> findings = new ArrayList<>();

    private Survey(GroupWork work) {
        this.work = requireNonNull(work, "work is null");
    }

    /**
     * What was seen.
     *
     * @param facts for the checks between homes; empty when the home cannot be used at all
     * @param findings what is wrong with this home alone
     */
    public record Seen(Optional<HomeFacts> facts, List<Finding> findings) {
        public Seen {
            requireNonNull(facts, "facts is null");
            findings = List.copyOf(findings);
        }
    }

    /**
     * Looks at a home that is to be rebuilt: it must be stopped, writable, and have room.
     *
     * @throws IOException if something cannot be read for a reason that is no finding
     */
    public static Seen of(Path home, GroupWork work) throws IOException {
        Survey survey = new Survey(work);
        Optional<HomeFacts> facts = survey.look(home);
        return new Seen(facts, survey.findings);
    }

    private Optional<HomeFacts> look(Path home) throws IOException {
        if (!Files.isDirectory(home)) {
            refuse("no-home", "there is no such folder", home, "Name the folder above data/.");
            return Optional.empty();
        }
        if (!Files.isExecutable(home) || !Files.isReadable(home)) {
            refuse("no-permission", "this folder may not be read", home, AS_ITS_USER);
            return Optional.empty();
        }
        HomeLayout layout = HomeLayout.of(home);
        if (!Files.isDirectory(layout.data())) {
            boolean inside = Files.isDirectory(home.resolve("protocol"));
            refuse(
                    "no-home",
                    inside ? "this is the data folder itself" : "the folder has no data/ in it",
                    home,
                    "Name the folder above data/"
                            + (inside ? ": " + layout.home().getParent() : "")
                            + ".");
            return Optional.empty();
        }
        if (!onlyFoldersAndFiles(layout)) {
            return Optional.empty();
        }
        unfinished(layout);
        Optional<HomeLocks.Attempt.InUse> used = HomeLocks.look(layout);
        if (used.isPresent()) {
            findings.add(HeldHomes.running(layout, used.get()));
        }
        writable(layout);
        return Optional.of(facts(layout));
    }

    private HomeFacts facts(HomeLayout layout) throws IOException {
        List<StoreFacts> stores = new ArrayList<>();
        SortedMap<String, String> databases = new TreeMap<>();
        for (String group : layout.groups()) {
            Path at = layout.raft().resolve(group);
            StoreFacts store = work.read(at);
            stores.add(store);
            work.unwritable(store, at.toString()).ifPresent(findings::add);
            text(at.resolve("log").resolve("IDENTITY"))
                    .map(String::strip)
                    .filter(identity -> !identity.isEmpty())
                    .ifPresent(identity -> databases.put(group, identity));
        }
        Optional<Member> self = text(layout.own().resolve("home.json")).flatMap(OwnFiles::memberOf);
        SortedSet<Member> listed =
                text(layout.clusterConf()).map(ClusterConf::members).orElseGet(TreeSet::new);
        return new HomeFacts(
                layout.home().toString(),
                self,
                stores,
                databases,
                listed,
                LegacyCarry.mark(layout).orElse(null));
    }

    private static Optional<String> text(Path file) throws IOException {
        return Files.isRegularFile(file) && Files.size(file) <= LARGEST_TEXT
                ? Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    /** A link would be exchanged, and not what it leads to. */
    private boolean onlyFoldersAndFiles(HomeLayout layout) throws IOException {
        for (Path folder : List.of(layout.raft().getParent(), layout.raft(), layout.own())) {
            if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)
                    && !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                link(folder);
                return false;
            }
        }
        List<Path> links = new ArrayList<>();
        if (Files.isDirectory(layout.raft())) {
            Files.walkFileTree(
                    layout.raft(),
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes at) {
                            if (!at.isRegularFile()) {
                                links.add(file);
                            }
                            return FileVisitResult.CONTINUE;
                        }
                    });
        }
        links.forEach(this::link);
        return links.isEmpty();
    }

    private void link(Path path) {
        refuse(
                "link-inside",
                "this is a link or no plain file; only the folder data itself may be a link",
                path,
                "Put the real folder or file in its place.");
    }

    private void unfinished(HomeLayout layout) throws IOException {
        HomeStatus status = HomeStatus.of(layout);
        if (status.begun()) {
            refuse("rebuild-unfinished", status.what(), layout.home(), status.todo());
        }
    }

    private void writable(HomeLayout layout) throws IOException {
        Path protocol = layout.raft().getParent();
        for (Path folder : List.of(layout.data(), protocol)) {
            if (Files.isDirectory(folder) && !Files.isWritable(folder)) {
                refuse(
                        "not-writable",
                        "nothing can be written here",
                        folder,
                        "Mount it for writing, or run this as the user of the server or as root.");
                return;
            }
        }
        findings.addAll(Room.check(List.of(layout)));
    }

    private void refuse(String code, String what, Path where, String todo) {
        findings.add(Finding.refuses(code, what, where.toString(), todo));
    }
}
