/** The local world: stand-ins for everything around Floe that is not Floe. */
package local;
