#!/usr/bin/python3
"""Does with openstacksdk (Debian's 0.101) what people do with Ironic, and looks at what comes back.

    sdk.py URL [TOKEN]      the server, and the token where it asks for one

Ends with 1, and says where, when an answer is not what the SDK's callers expect of Ironic.
"""
import os
import sys
import time
import uuid

import openstack
from openstack import exceptions

WORD = uuid.uuid4().hex[:8]
WAIT = 30
# the SDK looks again after 2 s, which is nearly all the time this would take
pause = time.sleep
time.sleep = lambda seconds: pause(min(seconds, 0.1))


def connect(url, token):
    if token:
        return openstack.connect(auth_type="admin_token", auth={"endpoint": url, "token": token})
    return openstack.connect(auth_type="none", auth={"endpoint": url}, baremetal_endpoint_override=url)


def equal(shown, wanted):
    if shown != wanted:
        raise AssertionError("%r is not %r" % (shown, wanted))


def refused(fault, call, *arguments, **named):
    try:
        call(*arguments, **named)
    except fault as e:
        return str(e)
    raise AssertionError("%s%r must be refused" % (call.__name__, arguments))


def mac():
    return "52:54:00:" + ":".join(os.urandom(1).hex() for _ in range(3))


def nodes(sdk):
    """Nodes made, changed, found and listed; the one that the others go on with."""
    made = [sdk.create_node(driver="fake-hardware", name="sdk%d-%s" % (i, WORD), resource_class="rc" + WORD,
                            properties={"cpus": 4}, extra={"place": i}, provision_state="enroll") for i in range(3)]
    node = made[0]
    equal((node.provision_state, node.driver, node.is_maintenance), ("enroll", "fake-hardware", False))
    refused(exceptions.ConflictException, sdk.create_node, driver="fake-hardware", name=node.name)
    refused(exceptions.BadRequestException, sdk.create_node, driver="nosuch")
    shown = sdk.get_node(node.name)
    equal((shown.id, shown.properties, shown.extra), (node.id, {"cpus": 4}, {"place": 0}))
    refused(exceptions.ResourceNotFound, sdk.get_node, "nosuch" + WORD)
    equal(sdk.find_node("nosuch" + WORD), None)
    equal(sdk.find_node(node.name).id, node.id)
    equal(sdk.get_node(node.id, fields=["name"]).driver, None)
    changed = sdk.update_node(node, extra={"a": "b"}, owner="me")
    equal((changed.extra, changed.owner), ({"a": "b"}, "me"))
    changed = sdk.patch_node(node, [{"op": "add", "path": "/extra/c", "value": "d"}])
    equal(changed.extra, {"a": "b", "c": "d"})
    refused(exceptions.BadRequestException, sdk.patch_node, node, [{"op": "remove", "path": "/extra/nosuch"}])
    ids = {each.id for each in made}
    equal({each.id for each in sdk.nodes(resource_class="rc" + WORD, limit=1)}, ids)  # follows the links "next"
    equal({each.id for each in sdk.nodes(details=True, limit=2, driver="fake-hardware")} & ids, ids)
    equal({each.properties.get("cpus") for each in sdk.nodes(details=True, resource_class="rc" + WORD)}, {4})
    equal({each.name for each in sdk.nodes(fields=["name"], resource_class="rc" + WORD)},
          {each.name for each in made})
    equal(len(list(sdk.nodes(resource_class="rc" + WORD, is_maintenance=False, provision_state="enroll"))), 3)
    equal(len(list(sdk.nodes(instance_id=str(uuid.uuid4())))), 0)
    for each in made[1:]:
        sdk.delete_node(each)
    refused(exceptions.ResourceNotFound, sdk.delete_node, made[1], ignore_missing=False)
    equal(sdk.delete_node(made[1]), None)
    return sdk.get_node(node)


def parts(sdk, node):
    """Ports, port groups, chassis and volumes of a node, which is off: else its volumes are not changed."""
    port = sdk.create_port(address=mac(), node_id=node.id, extra={"a": "b"})
    refused(exceptions.ConflictException, sdk.create_port, address=port.address, node_id=node.id)
    refused(exceptions.BadRequestException, sdk.create_port, address="nonsense", node_id=node.id)
    equal((sdk.get_port(port.id).node_id, sdk.get_port(port.id).address), (node.id, port.address))
    equal([each.id for each in sdk.ports(node_id=node.id)], [port.id])
    equal([each.extra for each in sdk.ports(details=True, address=port.address)], [{"a": "b"}])
    equal(sdk.update_port(port, is_pxe_enabled=False).is_pxe_enabled, False)
    equal(sdk.patch_port(port, [{"op": "add", "path": "/extra/c", "value": 1}]).extra, {"a": "b", "c": 1})
    equal(sdk.find_port("nosuch"), None)
    group = sdk.create_port_group(name="pg" + WORD, node_id=node.id, address=mac(), mode="802.3ad")
    equal([each.mode for each in sdk.port_groups(details=True, node=node.id)], ["802.3ad"])
    equal(sdk.update_port_group(group, extra={"a": "b"}).extra, {"a": "b"})
    equal(sdk.get_port_group(group.name).id, group.id)
    sdk.delete_port_group(group)
    chassis = sdk.create_chassis(description="rack")
    equal(sdk.update_chassis(chassis, description="other").description, "other")
    equal(sdk.patch_chassis(chassis, [{"op": "add", "path": "/extra/a", "value": "b"}]).extra, {"a": "b"})
    equal(chassis.id in {each.id for each in sdk.chassis(details=True)}, True)
    equal(sdk.update_node(node.id, chassis_id=chassis.id).chassis_id, chassis.id)
    equal(sdk.patch_node(node.id, [{"op": "remove", "path": "/chassis_uuid"}]).chassis_id, None)
    sdk.delete_chassis(chassis)
    refused(exceptions.ResourceNotFound, sdk.get_chassis, chassis.id)
    connector = sdk.create_volume_connector(node_id=node.id, type="iqn", connector_id="iqn.2026-11.a:" + WORD)
    equal([each.id for each in sdk.volume_connectors(node=node.id)], [connector.id])
    equal(sdk.update_volume_connector(connector, extra={"a": "b"}).extra, {"a": "b"})
    sdk.delete_volume_connector(connector)
    target = sdk.create_volume_target(node_id=node.id, volume_type="iscsi", boot_index=0, volume_id=str(uuid.uuid4()))
    equal([each.boot_index for each in sdk.volume_targets(details=True, node=node.id)], [0])
    equal(sdk.patch_volume_target(target, [{"op": "replace", "path": "/boot_index", "value": 1}]).boot_index, 1)
    sdk.delete_volume_target(target)
    return port


def hardware(sdk, node):
    """Power, boot device, boot mode, maintenance, traits, vendor methods."""
    sdk.set_node_power_state(node, "power on", wait=True, timeout=WAIT)
    equal(sdk.get_node(node).power_state, "power on")
    sdk.set_node_power_state(node, "rebooting", wait=True, timeout=WAIT)
    sdk.set_node_power_state(node, "power off", wait=True, timeout=WAIT)
    sdk.wait_for_node_reservation(node, timeout=WAIT)
    sdk.set_node_boot_device(node, "pxe", persistent=True)
    sdk.set_node_boot_mode(node, "uefi")
    sdk.wait_for_node_reservation(node, timeout=WAIT)
    equal(sdk.set_node_maintenance(node, "tea").is_maintenance, True)
    equal(sdk.get_node(node).maintenance_reason, "tea")
    equal(sdk.unset_node_maintenance(node).is_maintenance, False)
    # a change of the field goes to the sub-resource by itself
    equal(sdk.update_node(node, is_maintenance=True, maintenance_reason="more tea").maintenance_reason, "more tea")
    equal(sdk.update_node(sdk.get_node(node), is_maintenance=False).is_maintenance, False)
    sdk.set_node_traits(node, ["CUSTOM_A", "HW_CPU_X86_VMX"])
    sdk.add_node_trait(node, "CUSTOM_B")
    equal(sorted(sdk.get_node(node.id).traits), ["CUSTOM_A", "CUSTOM_B", "HW_CPU_X86_VMX"])
    equal(sdk.remove_node_trait(node, "CUSTOM_B"), True)
    refused(exceptions.ResourceNotFound, sdk.remove_node_trait, node, "CUSTOM_B")
    equal("echo" in sdk.list_node_vendor_passthru(node), True)
    sdk.call_node_vendor_passthru(node, "POST", "echo", body={"a": "b"})
    refused(exceptions.HttpException, sdk.call_node_vendor_passthru, node, "POST", "nosuch")


def provisioning(sdk, node):
    """What a node goes through; each call waits for the state it leads to."""
    def to(target, state, **options):
        done = sdk.set_node_provision_state(node, target, wait=True, timeout=WAIT, **options)
        equal(done.provision_state, state)

    refused(exceptions.BadRequestException, sdk.set_node_provision_state, node, "provide")
    to("manage", "manageable")
    to("inspect", "manageable")
    to("clean", "manageable", clean_steps=[
        {"interface": "bios", "step": "apply_configuration", "args": {"settings": []}}])
    to("provide", "available")
    equal([each.id for each in sdk.wait_for_nodes_provision_state([node], "available", timeout=WAIT)], [node.id])
    equal(sdk.validate_node(node, required=("boot", "deploy", "power"))["power"].result, True)
    sdk.update_node(node.id, network_interface="flat")
    vif = str(uuid.uuid4())
    sdk.attach_vif_to_node(node, vif)
    equal(sdk.list_node_vifs(node), [vif])
    equal(sdk.detach_vif_from_node(node, vif), True)
    equal(sdk.detach_vif_from_node(node, vif), False)
    to("active", "active", config_drive={"meta_data": {"a": "b"}}, deploy_steps=[
        {"interface": "management", "step": "check_fans", "priority": 50, "args": {}}])
    refused(exceptions.ConflictException, sdk.delete_node, node)
    to("rebuild", "active", config_drive={"user_data": "words"})
    to("rescue", "rescue", rescue_password="secret")
    sdk.set_node_provision_state(node, "unrescue")
    sdk.wait_for_nodes_provision_state([node], "active", timeout=WAIT)
    to("deleted", "available")
    sdk.wait_for_node_reservation(node, timeout=WAIT)
    refused(exceptions.BadRequestException, sdk.set_node_provision_state, node, "abort")


def allocations(sdk, node):
    mine = sdk.create_allocation(resource_class="rc" + WORD, name="al" + WORD, traits=["CUSTOM_A"],
                                 candidate_nodes=[node.id])
    mine = sdk.wait_for_allocation(mine, timeout=WAIT)
    equal((mine.state, mine.node_id), ("active", node.id))
    equal(sdk.get_node(node.id).allocation_id, mine.id)
    equal([each.id for each in sdk.allocations(node=node.id)], [mine.id])
    equal(sdk.update_allocation(mine, extra={"a": "b"}).extra, {"a": "b"})
    equal(sdk.patch_allocation(mine, [{"op": "remove", "path": "/extra/a"}]).extra, {})
    sdk.delete_allocation(mine)
    refused(exceptions.ResourceNotFound, sdk.get_allocation, mine.id)
    none = sdk.create_allocation(resource_class="rc" + WORD, traits=["CUSTOM_NONE"])
    refused(exceptions.ResourceFailure, sdk.wait_for_allocation, none, timeout=WAIT)
    sdk.delete_allocation(none)


def others(sdk):
    name = "CUSTOM_" + WORD.upper()
    steps = [{"interface": "bios", "step": "apply_configuration", "args": {"settings": []}, "priority": 150}]
    template = sdk.create_deploy_template(name=name, steps=steps)
    equal((template.name, template.steps), (name, steps))
    equal(sdk.get_deploy_template(template.id).name, name)
    equal(name in {each.name for each in sdk.deploy_templates(details=True)}, True)
    equal(sdk.update_deploy_template(template, extra={"a": "b"}).extra, {"a": "b"})
    sdk.delete_deploy_template(template)
    equal({"fake-hardware", "ilo"} <= {each.name for each in sdk.drivers()}, True)
    equal(sdk.get_driver("fake-hardware").name, "fake-hardware")
    equal([each.default_deploy_interface is not None for each in sdk.drivers(details=True) if each.name == "ilo"], [True])
    sdk.list_driver_vendor_passthru("fake-hardware")
    hosts = [each.hostname for each in sdk.conductors()]
    equal(sdk.get_conductor(hosts[0]).hostname, hosts[0])
    equal(sdk.get_conductor(hosts[0]).alive, True)


def main():
    sdk = connect(sys.argv[1], (sys.argv[2:] or [None])[0]).baremetal
    calls = []
    ask = sdk.request
    sdk.request = lambda *arguments, **named: calls.append(arguments) or ask(*arguments, **named)
    node = nodes(sdk)
    hardware(sdk, node)
    port = parts(sdk, node)
    provisioning(sdk, node)
    allocations(sdk, node)
    others(sdk)
    sdk.delete_port(port)
    sdk.delete_node(node)
    equal(sdk.find_node(node.id), None)
    print("%d requests, 0 faults" % len(calls))


if __name__ == "__main__":
    main()
