import { Anchor, Group } from "@mantine/core";
import { IconChevronLeft } from "@tabler/icons-react";
import { Link } from "wouter";

/** The way up from a page that stands below another. */
export function Back({ href, label }: { href: string; label: string }) {
  return (
    <Anchor component={Link} href={href} size="sm" display="inline-flex" mih={44}>
      <Group gap={2}>
        <IconChevronLeft size={18} aria-hidden />
        {label}
      </Group>
    </Anchor>
  );
}
