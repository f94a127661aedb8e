package dev.catamaran.server.web;

import static java.util.Objects.requireNonNull;

import dev.catamaran.server.member.MemberReporter;
import dev.catamaran.server.member.MemberRoster;
import dev.catamaran.server.member.MemberRoster.Receipt;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What members of all versions ask each other about the cluster (spec: jraft-groups 6.3, 6.4). */
@RestController
public final class ClusterController {

    private final MemberRoster roster;

    ClusterController(MemberRoster roster) {
        this.roster = requireNonNull(roster, "roster is null");
    }

    @PostMapping(MemberReporter.PATH)
    ResponseEntity<String> report(@RequestBody byte[] body, HttpServletRequest request) {
        Receipt receipt = roster.receive(body, requireNonNull(request.getRemoteAddr()));
        return switch (receipt.received()) {
            case TAKEN, NOT_LISTED, FORGED -> result(Forms.JSON.writeValueAsString(receipt.data()));
            case ILLEGAL ->
                    Answers.json(
                            200,
                            "{\"code\":400,\"message\":\"Node information is illegal\","
                                    + "\"data\":null}");
        };
    }

    @GetMapping("/nacos/v1/core/cluster/self")
    ResponseEntity<String> self() {
        return result(roster.selfJson());
    }

    @GetMapping("/nacos/v1/core/cluster/nodes")
    ResponseEntity<String> nodes() {
        return result(roster.membersJson());
    }

    private static ResponseEntity<String> result(String data) {
        return Answers.json(200, "{\"code\":200,\"message\":null,\"data\":" + data + "}");
    }
}
