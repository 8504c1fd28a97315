package local.nativeimage;

/**
 * A method by its name.
 *
 * @param owner the class that has it or inherits it, with slashes
 * @param descriptor of its parameters and what it returns, as the JVM writes it
 */
record Method(String owner, String name, String descriptor) {

    static final String CONSTRUCTOR = "<init>";
    static final String INITIALIZER = "<clinit>";

    /** Of all that have this name and descriptor, whatever their class. */
    String signature() {
        return name + descriptor;
    }

    @Override
    public String toString() {
        return owner.replace('/', '.') + "." + name;
    }
}
