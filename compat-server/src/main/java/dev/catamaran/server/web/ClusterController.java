package dev.catamaran.server.web;

import static java.util.Objects.requireNonNull;

import dev.catamaran.server.member.MemberFilter;
import dev.catamaran.server.member.MemberReporter;
import dev.catamaran.server.member.MemberRoster;
import dev.catamaran.server.member.MemberRoster.Receipt;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What members of all versions ask each other about the cluster (spec: jraft-groups 6.3, 6.4). */
@RestController
public final class ClusterController {

    private static final int STATUS_PARTS = 4;

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

    /**
     * The word of servers before 1.3, and of 1.3 and 1.4 to whom they know no version of
     * (legacy-raft 7.4): {@code unknown#ip:port#time#weight}. It names no version, so nothing is
     * concluded from it; what its sender is, this member asks itself.
     */
    @GetMapping(MemberFilter.STATUS_PATH)
    ResponseEntity<String> status(
            @RequestParam(name = "serverStatus", defaultValue = "") String status) {
        String[] parts = status.trim().split("#", -1);
        String address = parts.length == STATUS_PARTS ? parts[1] : "";
        return roster.addresses().contains(address)
                ? Answers.text(200, "ok")
                : Answers.text(400, "server: " + address + " is not in serverlist");
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
