/** What the guides in docs/ tell a reader to do, tried as far as a machine without AWS, Kubernetes and Snowflake can. */
package docs;
