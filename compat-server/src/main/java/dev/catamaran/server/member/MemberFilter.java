package dev.catamaran.server.member;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lets only members reach the paths on which members talk to each other: by source address, and by
 * the shared identity when one is configured. (Real servers check neither: spec legacy-raft 9.2.)
 */
public final class MemberFilter implements Filter {

    /** Where servers before 1.3 say that they are there. */
    public static final String STATUS_PATH = "/nacos/v1/ns/operator/server/status";

    /** What all members of the list may call, real ones that stay real included. */
    private static final List<String> OF_LISTED = List.of(MemberReporter.PATH, STATUS_PATH);

    /** What members of the legacy raft may call. */
    private static final List<String> OF_RAFT = List.of("/nacos/v1/ns/raft");

    /** What only members that run Catamaran, or are to be replaced by it, may call. */
    private static final List<String> OF_PLANNED = List.of("/catamaran/v1/internal");

    private final Set<String> listed;
    private final Set<String> raft;
    private final Set<String> planned;
    private final Map<String, String> identity;

    /**
     * A filter.
     *
     * @param listed addresses of all members; host names are resolved once, here
     * @param raft addresses of those that are in the legacy raft
     * @param planned addresses of those that Catamaran runs at or shall run at
     * @param identity header name to secret; empty when none is configured
     */
    public MemberFilter(
            List<String> listed,
            List<String> raft,
            List<String> planned,
            Map<String, String> identity) {
        this.listed = resolve(listed);
        this.raft = resolve(raft);
        this.planned = resolve(planned);
        this.identity = Map.copyOf(identity);
    }

    private static Set<String> resolve(List<String> members) {
        Set<String> sources = new HashSet<>();
        for (String member : members) {
            try {
                String host = member.substring(0, member.lastIndexOf(':'));
                for (InetAddress address : InetAddress.getAllByName(host)) {
                    sources.add(address.getHostAddress());
                }
            } catch (UnknownHostException e) {
                // a member that has no address now cannot call; it is let in after a restart
                sources.add(member);
            }
        }
        return sources;
    }

    /** Whether a path is one of these or lies below one. */
    private static boolean below(List<String> prefixes, String path) {
        return prefixes.stream()
                .anyMatch(prefix -> path.equals(prefix) || path.startsWith(prefix + "/"));
    }

    /** Who may call a path; empty for everybody. */
    private Optional<Set<String>> allowed(String path) {
        if (below(OF_PLANNED, path)) {
            return Optional.of(planned);
        }
        if (below(OF_RAFT, path)) {
            return Optional.of(raft);
        }
        return below(OF_LISTED, path) ? Optional.of(listed) : Optional.empty();
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        // the path after decoding and without ;parameters, as it is matched to a controller
        String path = requireNonNull(http.getServletPath(), "path is null");
        Optional<Set<String>> allowed =
                allowed(path).or(() -> allowed(requireNonNull(http.getRequestURI())));
        if (allowed.isPresent()) {
            String source = request.getRemoteAddr();
            if (!allowed.get().contains(source)) {
                refuse(response, "source address " + source + " is no member's");
                return;
            }
            if (!identified(http)) {
                refuse(response, "the identity header of members is missing or wrong");
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private boolean identified(HttpServletRequest request) {
        for (Map.Entry<String, String> expected : identity.entrySet()) {
            String given = request.getHeader(expected.getKey());
            byte[] left = (given == null ? "" : given).getBytes(StandardCharsets.UTF_8);
            if (!MessageDigest.isEqual(
                    left, expected.getValue().getBytes(StandardCharsets.UTF_8))) {
                return false;
            }
        }
        return true;
    }

    private static void refuse(ServletResponse response, String because) throws IOException {
        HttpServletResponse http = (HttpServletResponse) response;
        http.setStatus(HttpServletResponse.SC_FORBIDDEN);
        http.setContentType("text/plain;charset=UTF-8");
        http.getWriter().write("for members only: " + because + "\n");
    }
}
