/** The local world: a stand-in for everything that is not Floe's, which real clients talk to over real protocols. */
package local;
