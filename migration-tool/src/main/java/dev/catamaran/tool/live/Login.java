package dev.catamaran.tool.live;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** A server's token: fetched when first needed, and again when it is old or was refused. */
final class Login {

    /** Newest first; older servers do not know the newer paths (spec: jraft-groups 9.1). */
    private static final List<String> PATHS =
            List.of("/v3/auth/user/login", "/v1/auth/login", "/v1/auth/users/login");

    /** A token is renewed when less than a fifth of its life is left. */
    private static final double LIFE_USED = 0.8;

    private static final long DEFAULT_TTL_SECONDS = 18_000;

    interface Sender {
        ServerReply send(ServerCall call, String token) throws IOException;
    }

    private final Credentials credentials;
    private final Sender sender;
    private String token = "";
    private long renewAtNanos;

    Login(Credentials credentials, Sender sender) {
        this.credentials = credentials;
        this.sender = sender;
    }

    /** A token that is good for now; empty if there is no login. */
    synchronized String token() throws IOException {
        if (credentials.isNone()) {
            return "";
        }
        if (token.isEmpty() || System.nanoTime() - renewAtNanos > 0) {
            logIn();
        }
        return token;
    }

    /** Another token, after this answer refused the last one. */
    synchronized String again(ServerReply refused) throws IOException {
        if (credentials.isNone()) {
            throw new RefusedException(
                    refused.call()
                            + " was refused ("
                            + refused.status()
                            + "): the server wants a login. Name a user by --from-user or --to-user"
                            + " and give its password in the environment or a file, see --help");
        }
        logIn();
        return token;
    }

    /**
     * Some builds answer 500 where others answer 403, to an unknown user above all; seen with 2.2.3
     * ({@code caused: USER;}) and 2.5.0 ({@code User USER not found}).
     */
    private boolean isRefusal(ServerReply reply) {
        String user = credentials.user();
        return reply.status() == 401
                || reply.status() == 403
                || (reply.status() == 500
                        && (reply.text().contains("user not found")
                                || reply.text().contains("unknown user")
                                || reply.text().contains("User " + user + " not found")
                                || reply.text().strip().equals("caused: " + user + ";")));
    }

    private void logIn() throws IOException {
        ServerReply last = null;
        for (String path : PATHS) {
            ServerReply reply =
                    sender.send(
                            ServerCall.of("POST", path)
                                    .with("username", credentials.user())
                                    .with("password", credentials.password()),
                            "");
            JsonNode json = reply.anyJson();
            String fresh =
                    json.path("accessToken")
                            .asString(json.path("data").path("accessToken").asString(""));
            if (reply.isOk() && !fresh.isEmpty()) {
                token = fresh;
                long ttl = json.path("tokenTtl").asLong(DEFAULT_TTL_SECONDS);
                renewAtNanos =
                        System.nanoTime() + (long) (TimeUnit.SECONDS.toNanos(ttl) * LIFE_USED);
                return;
            }
            if (isRefusal(reply)) {
                throw new RefusedException(
                        "the login of user "
                                + credentials.user()
                                + " was refused. Check the user and the password");
            }
            last = reply;
        }
        if (last != null && last.status() >= 500 && last.status() != 501) {
            throw last.unexpected();
        }
        throw new RefusedException(
                "the server has no login that is known. Leave the user out if it needs none");
    }
}
