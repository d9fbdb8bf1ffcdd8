import { Box, Paper, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

export function Section({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <Paper withBorder p={{ base: "md", sm: "lg" }} component="section">
      <Title order={2} fz="lg">
        {title}
      </Title>
      {text && <Text c="dimmed">{text}</Text>}
      <Box mt="md">{children}</Box>
    </Paper>
  );
}
