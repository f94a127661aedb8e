package dev.catamaran.judgement;

/** The calls an operator is told to make. {@code member} is any member's address. */
final class Command {

    /** Stands for any member's address where none is known. */
    static final String ANY_MEMBER = "MEMBER";

    private Command() {}

    static String moveTo(String member, Phase to) {
        String confirm = to == Phase.FINALIZED ? ",\"confirm\":true" : "";
        return post(member, "phase", "{\"to\":\"" + to + "\"" + confirm + "}");
    }

    static String hold(String member) {
        return post(member, "hold", "{\"reason\":\"REASON\",\"by\":\"NAME\"}");
    }

    static String release(String member) {
        return post(member, "release", "{\"by\":\"NAME\"}");
    }

    static String diff(String member) {
        return get(member, "diff?limit=20");
    }

    static String status(String member) {
        return get(member, "status");
    }

    static String explain(String member) {
        return get(member, "explain");
    }

    private static String get(String member, String path) {
        return "curl 'http://" + member + "/catamaran/v1/" + path + "'";
    }

    private static String post(String member, String path, String body) {
        return "curl -X POST -H 'Content-Type: application/json' http://"
                + member
                + "/catamaran/v1/"
                + path
                + " -d '"
                + body
                + "'";
    }
}
