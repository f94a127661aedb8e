package dev.catamaran.server.member;

import java.util.List;

/** Who is in the cluster, as configured, and what they reported. */
public interface MemberDirectory {

    /** This member's own address. */
    String self();

    /** Addresses of all members of the list, self included, sorted as text. */
    List<String> addresses();

    /**
     * Addresses of those members that Catamaran runs at or shall run at, self included, sorted as
     * text.
     */
    List<String> planned();

    /** All members of the list with what is known of them, sorted by address. */
    List<MemberInfo> members();
}
