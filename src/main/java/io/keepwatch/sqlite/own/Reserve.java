package io.keepwatch.sqlite.own;

/** Room on the disk that is given up when it is full, so that what is under way can still be recorded. */
public interface Reserve {
    /** There is none. */
    Reserve NONE = new Reserve() {
        @Override
        public boolean release() {
            return false;
        }

        @Override
        public void renew() {}
    };

    /** Gives the room back; false where it was given back before. */
    boolean release();

    /** Called after each commit: takes the room again where it can. */
    void renew();
}
