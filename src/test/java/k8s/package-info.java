/** What a cluster would make of the manifests in k8s/. */
package k8s;
