package dev.catamaran.registry.decode;

/** A refusal on its way out of a decoder. Public decoders answer {@link Decoded} instead. */
public final class DecodeException extends RuntimeException {

    private final transient Refusal refusal;

    public DecodeException(Refusal refusal) {
        super(refusal.toString());
        this.refusal = refusal;
    }

    public DecodeException(String what, String where) {
        this(new Refusal(what, where));
    }

    /** A refusal that a library's exception led to. */
    public DecodeException(String what, String where, Throwable cause) {
        super(new Refusal(what, where).toString(), cause);
        this.refusal = new Refusal(what, where);
    }

    public Refusal refusal() {
        return refusal;
    }
}
