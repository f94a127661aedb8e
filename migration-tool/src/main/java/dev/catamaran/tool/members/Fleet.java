package dev.catamaran.tool.members;

import dev.catamaran.tool.home.HomeCopy;
import dev.catamaran.tool.home.SampleHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The members of a rehearsal. All of them end with this tool, whatever happens to it, unless they
 * are {@link #release released}.
 */
public final class Fleet implements AutoCloseable {

    private final Path folder;
    private final List<MemberProcess> members;
    private final Thread hook;
    private volatile boolean released;

    private Fleet(Path folder, List<MemberProcess> members) {
        this.folder = folder;
        this.members = List.copyOf(members);
        this.hook = new Thread(this::killAll, "end-members");
    }

    /**
     * Prepares members on 127.0.0.1 below {@code folder}; member i gets a copy of home i mod n, or
     * of the sample if there are none. Nothing is started.
     *
     * @throws IOException if a home cannot be copied
     */
    public static Fleet prepare(
            LaunchSpec launch, Path folder, List<Integer> ports, List<Path> homes)
            throws IOException {
        List<String> addresses = ports.stream().map(port -> "127.0.0.1:" + port).toList();
        List<MemberProcess> members = new ArrayList<>();
        for (int i = 0; i < addresses.size(); i++) {
            Path home = folder.resolve("member-" + ports.get(i));
            if (homes.isEmpty()) {
                SampleHome.writeTo(home);
            } else {
                HomeCopy.data(homes.get(i % homes.size()), home);
            }
            String address = addresses.get(i);
            members.add(new MemberProcess(address, home, launch.command(home, address, addresses)));
        }
        Fleet fleet = new Fleet(folder, members);
        Runtime.getRuntime().addShutdownHook(fleet.hook);
        return fleet;
    }

    public List<MemberProcess> members() {
        return members;
    }

    public List<String> addresses() {
        return members.stream().map(MemberProcess::address).toList();
    }

    /** Folder of all homes. */
    public Path folder() {
        return folder;
    }

    /** The member with this address. */
    public MemberProcess member(String address) {
        return members.stream()
                .filter(member -> member.address().equals(address))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no member " + address));
    }

    /** Lets the members live on when this tool ends. */
    public void release() {
        released = true;
    }

    /** Ends all members, unless they were released. */
    public void stop() {
        killAll();
    }

    @Override
    public void close() {
        killAll();
    }

    /**
     * Removes all homes.
     *
     * @throws IOException if one cannot be removed
     */
    public void removeHomes() throws IOException {
        if (Files.exists(folder)) {
            HomeCopy.remove(folder);
        }
    }

    private void killAll() {
        if (!released) {
            members.forEach(MemberProcess::kill);
        }
    }
}
