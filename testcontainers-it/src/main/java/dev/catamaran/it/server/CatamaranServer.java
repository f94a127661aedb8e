package dev.catamaran.it.server;

import dev.catamaran.tool.members.LaunchSpec;
import dev.catamaran.tool.members.MemberApi;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * A member of ours in the place of a real server.
 *
 * @param launch how the launcher starts one
 * @param options further options of {@code catamaran serve}, for example {@code --set KEY=VALUE}
 */
public record CatamaranServer(LaunchSpec launch, List<String> options) implements ServerKind {

    public CatamaranServer {
        options = List.copyOf(options);
    }

    /**
     * The member that the system properties of this JVM name ({@link LaunchSpec#from}).
     *
     * @throws IOException if its files cannot be read
     * @throws IllegalStateException if they name none
     */
    public static CatamaranServer ofThisBuild() throws IOException {
        Properties system = System.getProperties();
        return new CatamaranServer(
                LaunchSpec.from(system)
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "no -D" + LaunchSpec.CLASS_PATH_PROPERTY)),
                List.of());
    }

    /** The same with one more setting. */
    public CatamaranServer setting(String key, String value) {
        List<String> more = new ArrayList<>(options);
        more.addAll(List.of("--set", key + "=" + value));
        return new CatamaranServer(launch, more);
    }

    @Override
    public String title() {
        return "catamaran";
    }

    @Override
    public void prepare(Seat seat) throws IOException {
        Files.createDirectories(seat.home());
        MemberList.write(seat);
    }

    @Override
    public List<String> command(Seat seat) {
        List<String> members = seat.isStandalone() ? List.of(seat.address()) : seat.members();
        List<String> command =
                new ArrayList<>(launch.command(seat.home(), seat.address(), members));
        command.addAll(options);
        return command;
    }

    @Override
    public Optional<String> whyNotUp(Seat seat, NacosApi api) {
        try (MemberApi member = new MemberApi()) {
            return member.status(seat.address()).ready()
                    ? Optional.empty()
                    : Optional.of(seat.address() + " is not ready");
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
