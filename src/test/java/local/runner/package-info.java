/** Runs one stand-in alone, for as long as somebody wants to talk to it. */
package local.runner;
