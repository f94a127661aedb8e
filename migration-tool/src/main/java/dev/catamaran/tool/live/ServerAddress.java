package dev.catamaran.tool.live;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a server is reached.
 *
 * @param root scheme, host and port, without a path
 * @param context path before {@code /v1/…}, usually {@code /nacos}; empty if there is none
 */
public record ServerAddress(String root, String context) {

    private static final int DEFAULT_PORT = 8848;
    private static final String DEFAULT_CONTEXT = "/nacos";

    public ServerAddress {
        requireNonNull(root, "root is null");
        requireNonNull(context, "context is null");
    }

    /**
     * An address as operators write it: {@code http://host}, {@code https://host:port/context}; the
     * port is 8848 and the context {@code /nacos} unless said.
     *
     * @return empty if it is none, or holds a user or a query
     */
    public static Optional<ServerAddress> parse(String text) {
        if (!looksLike(text)) {
            return Optional.empty();
        }
        URI uri;
        try {
            uri = URI.create(text.strip());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (uri.getHost() == null || uri.getUserInfo() != null || uri.getQuery() != null) {
            return Optional.empty();
        }
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        String path = uri.getPath() == null ? "" : uri.getPath().replaceAll("/+$", "");
        return Optional.of(
                new ServerAddress(
                        uri.getScheme().toLowerCase(Locale.ROOT)
                                + "://"
                                + uri.getHost()
                                + ":"
                                + port,
                        path.isEmpty() ? DEFAULT_CONTEXT : path));
    }

    /** Whether the text means a server rather than a file. */
    public static boolean looksLike(String text) {
        return text.regionMatches(true, 0, "http://", 0, 7)
                || text.regionMatches(true, 0, "https://", 0, 8);
    }

    @Override
    public String toString() {
        return root + context;
    }
}
