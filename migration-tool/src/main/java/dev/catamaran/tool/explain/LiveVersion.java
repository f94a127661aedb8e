package dev.catamaran.tool.explain;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What one server of a running cluster tells about the whole of it.
 *
 * @param version of the server; empty for those that tell none (below 1.3) or do not answer
 * @param members how many are in its list, 0 if it shows none
 * @param embedded whether its configuration lives in the servers, by its group nacos_config
 * @param trouble why it could not be asked
 */
public record LiveVersion(
        Optional<String> version, int members, boolean embedded, Optional<String> trouble) {

    /**
     * Asks a server, without changing it.
     *
     * @throws IOException if the client cannot be closed
     */
    public static LiveVersion ask(URI address) throws IOException {
        try (HttpAsk http = new HttpAsk()) {
            URI base = URI.create(address.getScheme() + "://" + address.getAuthority());
            LiveNode node = new LiveReader(http).read(List.of(base)).get(0);
            return new LiveVersion(
                    node.version(),
                    node.members().size(),
                    node.groups().containsKey("nacos_config"),
                    node.trouble());
        }
    }
}
