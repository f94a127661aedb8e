package dev.catamaran.legacyraft.sim;

import java.util.function.Consumer;

/** A member of a simulated group. */
public sealed interface SimMember permits OurMember, RealMember {

    String name();

    boolean runs();

    /** Grows with every start and stop, so that what belongs to an earlier life can be told. */
    int life();

    void start();

    /** Stops at once, as a kill does. */
    void stop();

    void tick(long elapsedMs);

    /** Takes a call; it may be answered later or, after a crash, never. */
    void receive(Request request, Consumer<Response> answer);
}
