package main

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"sort"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/dynamic/dynamicinformer"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/cache"
)

var (
	longhornGroup = schema.GroupVersion{Group: "longhorn.io", Version: "v1beta2"}
	coreGroup     = schema.GroupVersion{Version: "v1"}
	appsGroup     = schema.GroupVersion{Group: "apps", Version: "v1"}
	storageGroup  = schema.GroupVersion{Group: "storage.k8s.io", Version: "v1"}

	settings         = longhornGroup.WithResource("settings")
	lhNodes          = longhornGroup.WithResource("nodes")
	volumes          = longhornGroup.WithResource("volumes")
	replicas         = longhornGroup.WithResource("replicas")
	engines          = longhornGroup.WithResource("engines")
	engineImages     = longhornGroup.WithResource("engineimages")
	instanceManagers = longhornGroup.WithResource("instancemanagers")
	backupTargets    = longhornGroup.WithResource("backuptargets")
	backups          = longhornGroup.WithResource("backups")
	backupVolumes    = longhornGroup.WithResource("backupvolumes")
	snapshots        = longhornGroup.WithResource("snapshots")
	configMaps       = coreGroup.WithResource("configmaps")
	pods             = coreGroup.WithResource("pods")
	secrets          = coreGroup.WithResource("secrets")
	kubeNodes        = coreGroup.WithResource("nodes")
	volumesOfKube    = coreGroup.WithResource("persistentvolumes")
	storageClasses   = storageGroup.WithResource("storageclasses")
)

var clusterWide = map[schema.GroupVersionResource]bool{
	kubeNodes: true, volumesOfKube: true, storageClasses: true, storageGroup.WithResource("csidrivers"): true,
}

// cluster reads from a cache that watches keep warm, where one was asked for, and writes to the API.
type cluster struct {
	api       dynamic.Interface
	rest      *rest.Config
	namespace string
	cached    map[schema.GroupVersionResource]cache.GenericLister
}

func newCluster() (*cluster, error) {
	config, err := rest.InClusterConfig()
	if err != nil {
		return nil, err
	}
	config.QPS, config.Burst = 20, 40
	api, err := dynamic.NewForConfig(config)
	return &cluster{api: api, rest: config, namespace: env("POD_NAMESPACE"), cached: map[schema.GroupVersionResource]cache.GenericLister{}}, err
}

// watch keeps these kinds in memory and says on the channel that something has changed; several changes may be one message.
func (c *cluster) watch(ctx context.Context, kinds ...schema.GroupVersionResource) <-chan struct{} {
	changed := make(chan struct{}, 1)
	tell := func() {
		select {
		case changed <- struct{}{}:
		default:
		}
	}
	on := cache.ResourceEventHandlerFuncs{AddFunc: func(any) { tell() }, UpdateFunc: func(any, any) { tell() }, DeleteFunc: func(any) { tell() }}
	here := dynamicinformer.NewFilteredDynamicSharedInformerFactory(c.api, 0, c.namespace, nil)
	everywhere := dynamicinformer.NewDynamicSharedInformerFactory(c.api, 0)
	for _, kind := range kinds {
		factory := here
		if clusterWide[kind] {
			factory = everywhere
		}
		informer := factory.ForResource(kind)
		informer.Informer().AddEventHandler(on)
		c.cached[kind] = informer.Lister()
	}
	for _, factory := range []dynamicinformer.DynamicSharedInformerFactory{here, everywhere} {
		factory.Start(ctx.Done())
		factory.WaitForCacheSync(ctx.Done())
	}
	return changed
}

func (c *cluster) of(kind schema.GroupVersionResource) dynamic.ResourceInterface {
	if clusterWide[kind] {
		return c.api.Resource(kind)
	}
	return c.api.Resource(kind).Namespace(c.namespace)
}

// find gives the object, or false when there is none.
func (c *cluster) find(ctx context.Context, kind schema.GroupVersionResource, name string, into any) (bool, error) {
	raw, err := c.raw(ctx, kind, name)
	if apierrors.IsNotFound(err) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return true, fill(raw, into)
}

func (c *cluster) raw(ctx context.Context, kind schema.GroupVersionResource, name string) (*unstructured.Unstructured, error) {
	lister, warm := c.cached[kind]
	if !warm {
		return c.of(kind).Get(ctx, name, metav1.GetOptions{})
	}
	var found runtime.Object
	var err error
	if clusterWide[kind] {
		found, err = lister.Get(name)
	} else {
		found, err = lister.ByNamespace(c.namespace).Get(name)
	}
	if err != nil {
		return nil, err
	}
	return found.(*unstructured.Unstructured), nil
}

func fill(raw *unstructured.Unstructured, into any) error {
	text, err := json.Marshal(raw.Object)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, into)
}

// list gives all objects of a kind by name; what does not fit the type is an error.
func list[T any](ctx context.Context, c *cluster, kind schema.GroupVersionResource) ([]T, error) {
	raw, err := c.rawList(ctx, kind)
	if err != nil {
		return nil, err
	}
	sort.Slice(raw, func(i, j int) bool { return raw[i].GetName() < raw[j].GetName() })
	all := make([]T, len(raw))
	for i := range raw {
		if err := fill(raw[i], &all[i]); err != nil {
			return nil, fmt.Errorf("%s %s: %w", kind.Resource, raw[i].GetName(), err)
		}
	}
	return all, nil
}

func (c *cluster) rawList(ctx context.Context, kind schema.GroupVersionResource) ([]*unstructured.Unstructured, error) {
	if lister, warm := c.cached[kind]; warm {
		found, err := lister.List(everything)
		all := make([]*unstructured.Unstructured, len(found))
		for i := range found {
			all[i] = found[i].(*unstructured.Unstructured)
		}
		return all, err
	}
	found, err := c.of(kind).List(ctx, metav1.ListOptions{})
	if err != nil {
		return nil, err
	}
	all := make([]*unstructured.Unstructured, len(found.Items))
	for i := range found.Items {
		all[i] = &found.Items[i]
	}
	return all, nil
}

// create makes an object of ours, marked as a double's; one that is there already is left as it is.
func (c *cluster) create(ctx context.Context, kind schema.GroupVersionResource, ofKind string, object any) error {
	raw, err := asMap(object)
	if err != nil {
		return err
	}
	made := &unstructured.Unstructured{Object: raw.(map[string]any)}
	made.SetAPIVersion(kind.GroupVersion().String())
	made.SetKind(ofKind)
	labels := made.GetLabels()
	if labels == nil {
		labels = map[string]string{}
	}
	labels[doubleMark] = "true"
	made.SetLabels(labels)
	_, err = c.of(kind).Create(ctx, made, metav1.CreateOptions{})
	if apierrors.IsAlreadyExists(err) {
		return nil
	}
	return err
}

// setStatus writes the status if it differs from what the object has.
func (c *cluster) setStatus(ctx context.Context, kind schema.GroupVersionResource, name string, status any) error {
	raw, err := c.raw(ctx, kind, name)
	if err != nil {
		return err
	}
	wanted, err := asMap(status)
	if err != nil || reflect.DeepEqual(raw.Object["status"], wanted) {
		return err
	}
	changed := raw.DeepCopy()
	changed.Object["status"] = wanted
	_, err = c.of(kind).UpdateStatus(ctx, changed, metav1.UpdateOptions{})
	return err
}

// asMap goes by way of JSON, so that numbers have the type in which the API gives them back.
func asMap(value any) (any, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	return fromJSON(text)
}

// patch merges a change into an object; nothing is sent to a status.
func (c *cluster) patch(ctx context.Context, kind schema.GroupVersionResource, name string, change map[string]any) error {
	text, err := json.Marshal(change)
	if err != nil {
		return err
	}
	_, err = c.of(kind).Patch(ctx, name, types.MergePatchType, text, metav1.PatchOptions{})
	return err
}

// gone deletes an object; one that is not there is as good.
func (c *cluster) gone(ctx context.Context, kind schema.GroupVersionResource, name string) error {
	err := c.of(kind).Delete(ctx, name, metav1.DeleteOptions{})
	if apierrors.IsNotFound(err) {
		return nil
	}
	return err
}

// release takes the finalizer away, which lets a deleted object go.
func (c *cluster) release(ctx context.Context, kind schema.GroupVersionResource, name string) error {
	err := c.patch(ctx, kind, name, map[string]any{"metadata": map[string]any{"finalizers": nil}})
	if apierrors.IsNotFound(err) {
		return nil
	}
	return err
}
