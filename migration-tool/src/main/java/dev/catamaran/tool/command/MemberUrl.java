package dev.catamaran.tool.command;

import java.net.URI;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The address of a server, as operators write it. */
final class MemberUrl {

    private static final int DEFAULT_PORT = 8848;

    private MemberUrl() {}

    /** Reads {@code http://ip:port} or {@code ip:port}; without a port it is 8848. */
    static URI of(String source, CommandSpec verb) {
        String text = source.strip();
        try {
            URI uri = URI.create(text.contains("://") ? text : "http://" + text);
            if (uri.getAuthority() == null || uri.getHost() == null) {
                throw wrong(verb, source + " names no host: write http://ip:port");
            }
            int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
            return URI.create(uri.getScheme() + "://" + uri.getHost() + ":" + port);
        } catch (IllegalArgumentException e) {
            throw wrong(verb, source + " is no address: write http://ip:port");
        }
    }

    private static ParameterException wrong(CommandSpec verb, String message) {
        return new ParameterException(verb.commandLine(), message);
    }
}
