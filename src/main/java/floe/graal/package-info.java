/**
 * What a native executable is built with instead of methods of libraries that want classes which Floe does not have
 * (docs/native.md). On a JVM nothing here is loaded.
 */
package floe.graal;
