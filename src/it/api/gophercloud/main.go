// Does with gophercloud (Debian's 0.12) what Metal3 and others do with Ironic; for a run by hand:
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go run src/it/api/gophercloud/main.go http://127.0.0.1:6385/v1
package main

import (
	"fmt"
	"os"
	"time"

	"github.com/gophercloud/gophercloud/openstack/baremetal/noauth"
	"github.com/gophercloud/gophercloud/openstack/baremetal/v1/drivers"
	"github.com/gophercloud/gophercloud/openstack/baremetal/v1/nodes"
	"github.com/gophercloud/gophercloud/openstack/baremetal/v1/ports"
	"github.com/gophercloud/gophercloud/pagination"
)

func must(what string, err error) {
	if err != nil {
		fmt.Println(what+":", err)
		os.Exit(1)
	}
	fmt.Println(what)
}

func check(what string, right bool) {
	if !right {
		must(what, fmt.Errorf("is not so"))
	}
}

func main() {
	client, err := noauth.NewBareMetalNoAuth(noauth.EndpointOpts{IronicEndpoint: os.Args[1]})
	must("client", err)
	client.Microversion = "1.72"

	class := fmt.Sprintf("go-%d", time.Now().UnixNano())
	var made []*nodes.Node
	for i := 0; i < 3; i++ {
		node, err := nodes.Create(client, nodes.CreateOpts{
			Driver: "fake-hardware", Name: fmt.Sprintf("go%d-%d", i, time.Now().UnixNano()), ResourceClass: class,
			Properties: map[string]interface{}{"cpus": 4}}).Extract()
		must("create", err)
		check("enroll", node.ProvisionState == "enroll")
		made = append(made, node)
	}
	id := made[0].UUID

	seen := 0 // this version looks for the next page where Ironic has none
	must("list with details", nodes.ListDetail(client, nodes.ListOpts{ResourceClass: class}).EachPage(
		func(page pagination.Page) (bool, error) {
			found, err := nodes.ExtractNodes(page)
			for _, each := range found {
				check("details", each.Driver == "fake-hardware")
			}
			seen += len(found)
			return true, err
		}))
	check(fmt.Sprintf("three nodes, not %d", seen), seen == 3)

	changed, err := nodes.Update(client, id, nodes.UpdateOpts{
		nodes.UpdateOperation{Op: nodes.AddOp, Path: "/extra/place", Value: "here"}}).Extract()
	must("update", err)
	check("extra", changed.Extra["place"] == "here")

	port, err := ports.Create(client, ports.CreateOpts{NodeUUID: id, Address: "52:54:00:fe:01:01"}).Extract()
	must("port", err)

	_, err = nodes.Validate(client, id).Extract()
	must("validate", err)
	must("boot device", nodes.SetBootDevice(client, id, nodes.BootDeviceOpts{BootDevice: "pxe"}).ExtractErr())
	provision(nodes.TargetManage, "manageable", func(target nodes.TargetProvisionState) error {
		return nodes.ChangeProvisionState(client, id, nodes.ProvisionStateOpts{Target: target}).ExtractErr()
	}, func() string {
		node, err := nodes.Get(client, id).Extract()
		must("get", err)
		return node.ProvisionState
	})
	must("power on", nodes.ChangePowerState(client, id, nodes.PowerStateOpts{Target: nodes.PowerOn}).ExtractErr())

	must("drivers", drivers.ListDrivers(client, drivers.ListDriversOpts{Detail: true}).EachPage(
		func(page pagination.Page) (bool, error) {
			found, err := drivers.ExtractDrivers(page)
			check("drivers are there", len(found) > 0)
			return true, err
		}))
	for {
		node, err := nodes.Get(client, id).Extract()
		must("get", err)
		if node.PowerState == "power on" && node.Reservation == "" {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	must("delete port", ports.Delete(client, port.UUID).ExtractErr())
	for _, each := range made {
		must("delete", nodes.Delete(client, each.UUID).ExtractErr())
	}
	fmt.Println("all as it should be")
}

// provision asks for a state and looks until the node is in it, for half a minute at most.
func provision(target nodes.TargetProvisionState, wanted string,
	ask func(nodes.TargetProvisionState) error, look func() string) {
	must("provision state", ask(target))
	for end := time.Now().Add(30 * time.Second); look() != wanted; time.Sleep(100 * time.Millisecond) {
		check("reaches "+wanted, time.Now().Before(end))
	}
}
