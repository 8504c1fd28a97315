/** What a native executable would be made of, found without a builder: from the bytecode of its jars. */
package local.nativeimage;
