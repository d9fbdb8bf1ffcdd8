import { Group, Paper, ThemeIcon, Title } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { ReactNode } from "react";
import type { Draft } from "./draft";

export type Asked = UseFormReturnType<Draft>;

export function Question({
  number,
  title,
  children,
}: {
  number: number;
  title: string;
  children: ReactNode;
}) {
  return (
    <Paper withBorder p={{ base: "md", sm: "lg" }} component="section">
      <Group gap="sm" mb="md" wrap="nowrap">
        <ThemeIcon radius="xl" size={30} variant="light" fz="sm" fw={600} aria-hidden>
          {number}
        </ThemeIcon>
        <Title order={2} fz="lg">
          {title}
        </Title>
      </Group>
      {children}
    </Paper>
  );
}
