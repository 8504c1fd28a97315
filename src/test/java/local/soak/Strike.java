package local.soak;

/**
 * Something bad that can be done to a part of the world.
 *
 * @param name counted under this name
 * @param weight how often it is chosen, compared with others
 */
record Strike(String name, int weight, Action action) {

    /** What is done. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }
}
